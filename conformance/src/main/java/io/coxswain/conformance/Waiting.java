package io.coxswain.conformance;

import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process does.
public final class Waiting {

    private static final Duration STEP = Duration.ofMillis(20);

    private Waiting() {}

    /// Returns once something is so; fails with the description when it is not within 30 s.
    public static void until(String what, BooleanSupplier condition) {
        until(what, Duration.ofSeconds(30), condition);
    }

    public static void until(String what, Duration max, BooleanSupplier condition) {
        var end = Clock.SYSTEM.nanos() + max.toNanos();
        while (!condition.getAsBoolean()) {
            if (Clock.SYSTEM.nanos() > end) {
                throw new AssertionError("not within " + max.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
    }
}
