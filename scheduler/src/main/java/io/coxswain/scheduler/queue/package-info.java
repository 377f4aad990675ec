/// The pods that wait for a place, and when each is to be tried again.
@NullMarked
package io.coxswain.scheduler.queue;

import org.jspecify.annotations.NullMarked;
