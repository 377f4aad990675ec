/// Jobs: pods that run to their end, counted exactly once each.
@NullMarked
package io.coxswain.controllers.job;

import org.jspecify.annotations.NullMarked;
