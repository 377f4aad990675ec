package io.coxswain.apiserver.registry;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as objects carry them.
public final class Times {

    private Times() {}

    /// Whole seconds, the precision of `metav1.Time`.
    public static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
