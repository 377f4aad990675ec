package io.coxswain.base;

import java.time.Instant;

/// Where time comes from. A constructor argument everywhere, so that a test can move it.
public interface Clock {

    /// Wall-clock time, for what users see: creation times, token expiry, lease renewals.
    Instant now();

    /// A monotonic count of nanoseconds, for measuring durations; not related to [#now()].
    long nanos();

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
            };
}
