package io.coxswain.base;

import java.time.Duration;
import java.time.Instant;

/// A clock that stands still until it is moved forward.
public final class ManualClock implements Clock {

    private Instant now;

    public ManualClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return Duration.between(Instant.EPOCH, now()).toNanos();
    }

    @Override
    public void pause(Duration time) {}

    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }

    /// Moves to `time`; a time in the past leaves the clock where it is.
    public synchronized void advanceTo(Instant time) {
        if (time.isAfter(now)) {
            now = time;
        }
    }
}
