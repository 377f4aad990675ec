package io.coxswain.base;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// Where time comes from. A constructor argument everywhere, so that a test can move it.
public interface Clock {

    /// Wall-clock time, for what users see: creation times, token expiry, lease renewals.
    Instant now();

    /// A monotonic count of nanoseconds, for measuring durations; not related to [#now()].
    long nanos();

    /// Lets a little time pass. A clock that others move does not wait for them: it returns at
    /// once.
    void pause(Duration time);

    /// The clock of the machine.
    Clock SYSTEM =
            new Clock() {
                @Override
                public Instant now() {
                    return Instant.now();
                }

                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public void pause(Duration time) {
                    LockSupport.parkNanos(time.toNanos());
                }
            };
}
