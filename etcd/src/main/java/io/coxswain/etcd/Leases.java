package io.coxswain.etcd;

import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Lets objects that live equally long share a lease, so that etcd keeps few of them: a lease is
/// used for a while and for so many objects, and lives that while longer than it has to.
final class Leases {

    private static final Duration REUSE_MAX = Duration.ofMinutes(1);
    private static final int OBJECTS_MAX = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Calls calls;
    private final Clock clock;
    private final Map<Duration, Shared> current = new HashMap<>();

    Leases(Calls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    private static final class Shared {
        final long id;
        final long untilNanos;
        int objects;

        Shared(long id, long untilNanos) {
            this.id = id;
            this.untilNanos = untilNanos;
        }
    }

    /// A lease for one object that is to live for `ttl`.
    synchronized long lease(Duration ttl) {
        var now = clock.nanos();
        var shared = current.get(ttl);
        if (shared == null || now - shared.untilNanos > 0 || shared.objects >= OBJECTS_MAX) {
            var reuse = Members.min(REUSE_MAX, ttl.dividedBy(20));
            var lasts = Duration.ofSeconds(Math.max(1, ttl.plus(reuse).toSeconds()));
            shared = new Shared(calls.lease(lasts, PATIENCE), now + reuse.toNanos());
            current.put(ttl, shared);
        }
        shared.objects++;
        return shared.id;
    }

    /// Uses this lease no more: it has ended.
    synchronized void forget(long id) {
        current.values().removeIf(shared -> shared.id == id);
    }
}
