/// Pods that nobody looks after any more.
@NullMarked
package io.coxswain.controllers.podgc;

import org.jspecify.annotations.NullMarked;
