/// What nodes may write, and what is written for them.
@NullMarked
package io.coxswain.apiserver.admission.nodes;

import org.jspecify.annotations.NullMarked;
