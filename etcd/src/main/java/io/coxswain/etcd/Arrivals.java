package io.coxswain.etcd;

import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;

/// How far the state in memory has come, and who waits for it to come further.
final class Arrivals {

    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::revision));
    private final Clock clock;
    private volatile long reached;

    Arrivals(Clock clock) {
        this.clock = clock;
    }

    private static final class Waiting {
        final long revision;
        final Thread thread = Thread.currentThread();
        volatile boolean over;

        Waiting(long revision) {
            this.revision = revision;
        }

        long revision() {
            return revision;
        }
    }

    long reached() {
        return reached;
    }

    /// Everything up to `revision` can be seen from now on.
    void reach(long revision) {
        synchronized (waiting) {
            reached = Math.max(reached, revision);
            for (var first = waiting.peek();
                    first != null && first.revision <= reached;
                    first = waiting.peek()) {
                waiting.remove();
                first.over = true;
                LockSupport.unpark(first.thread);
            }
        }
    }

    /// Waits until `revision` can be seen; false when it could not within `patience`.
    boolean await(long revision, Duration patience) {
        if (reached >= revision) {
            return true;
        }
        var own = new Waiting(revision);
        synchronized (waiting) {
            if (reached >= revision) {
                return true;
            }
            waiting.add(own);
        }
        var end = clock.nanos() + patience.toNanos();
        var interrupted = false;
        while (!own.over) {
            var left = end - clock.nanos();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        synchronized (waiting) {
            waiting.remove(own);
        }
        return own.over;
    }
}
