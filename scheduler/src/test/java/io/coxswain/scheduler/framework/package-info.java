/// Tests of placements, and the harness that measures them.
@NullMarked
package io.coxswain.scheduler.framework;

import org.jspecify.annotations.NullMarked;
