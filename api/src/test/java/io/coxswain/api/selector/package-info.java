/// Tests of `io.coxswain.api.selector`.
@NullMarked
package io.coxswain.api.selector;

import org.jspecify.annotations.NullMarked;
