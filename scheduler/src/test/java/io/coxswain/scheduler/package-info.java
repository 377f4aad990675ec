/// Tests of the scheduler as a whole.
@NullMarked
package io.coxswain.scheduler;

import org.jspecify.annotations.NullMarked;
