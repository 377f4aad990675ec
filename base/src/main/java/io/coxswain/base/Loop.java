package io.coxswain.base;

import java.time.Duration;
import java.time.Instant;

/// An active part of the system: does all work that is ready, then says when it wants to run again.
///
/// A loop never sleeps and never starts a thread. [Loops] drives it: a virtual thread each in
/// production, a seeded scheduler in simulation. One loop is never run by two threads at once.
/// `runOnce` may block on I/O (that is what virtual threads are for), but not on other loops.
public interface Loop {

    /// Does what is ready now. A fault thrown here is reported and the loop runs again with
    /// back-off.
    Next runOnce() throws Exception;

    /// When a loop wants to run again. A wake-up always runs it earlier.
    sealed interface Next {
        /// There is more to do now; others may run first.
        record Again() implements Next {}

        /// At this time at the latest.
        record At(Instant time) implements Next {}

        /// Only when woken.
        record WhenWoken() implements Next {}

        /// Never again: the loop has ended by itself.
        record Done() implements Next {}

        Next AGAIN = new Again();
        Next WHEN_WOKEN = new WhenWoken();
        Next DONE = new Done();

        static Next at(Instant time) {
            return new At(time);
        }

        static Next in(Clock clock, Duration delay) {
            return new At(clock.now().plus(delay));
        }
    }
}
