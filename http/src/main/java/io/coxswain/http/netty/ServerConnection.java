package io.coxswain.http.netty;

import io.coxswain.base.Clock;
import io.netty.channel.Channel;
import java.time.Duration;

/// One client's connection, as the server sees it.
interface ServerConnection {

    Channel channel();

    Deadline deadline();

    /// Answers no more requests than those that are here, then closes. On the event loop.
    void drain();

    /// The deadline has passed. On the event loop.
    void expire();

    /// Closes without waiting for anything.
    void kill();

    /// The moment at which a connection has waited long enough for its client. Set on the event
    /// loop, looked at by the server's sweep.
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
}
