/// Expressions: what they evaluate to, what is wrong with them, what they cost.
@NullMarked
package io.coxswain.apiserver.cel;

import org.jspecify.annotations.NullMarked;
