package io.coxswain.http.netty;

import io.coxswain.base.Clock;
import java.time.Duration;

/// The moment at which a connection has waited long enough for its client. Set on the event loop,
/// looked at by the server's sweep.
final class Deadline {

    private volatile long nanos;
    private volatile boolean none = true;

    void in(Duration span) {
        nanos = Clock.SYSTEM.nanos() + span.toNanos();
        none = false;
    }

    void clear() {
        none = true;
    }

    boolean passed() {
        return !none && Clock.SYSTEM.nanos() - nanos > 0;
    }
}
