/// Tests of the queue.
@NullMarked
package io.coxswain.scheduler.queue;

import org.jspecify.annotations.NullMarked;
