package io.coxswain.apiserver.verbs;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits until the store is as new as a request wants it: a client that talks to several servers
/// may be ahead of this one.
final class Freshness {

    private static final int ROUNDS = 300;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private Freshness() {}

    /// Returns the revision that was reached, three seconds later at most. A caller in this process
    /// sees what there is and never waits.
    static long await(ResourceCall<?> call, long wanted) {
        var store = call.registry().store();
        var current = Revisions.reaching(store, wanted).revision();
        if (call.call().request().peer().address() == null) {
            return current;
        }
        for (var round = 0; behind(current, wanted) && round < ROUNDS; round++) {
            LockSupport.parkNanos(ROUND_NANOS);
            current = store.snapshot().revision();
        }
        return current;
    }

    /// Revisions are unsigned to clients.
    static boolean behind(long current, long wanted) {
        return Long.compareUnsigned(current, wanted) < 0;
    }
}
