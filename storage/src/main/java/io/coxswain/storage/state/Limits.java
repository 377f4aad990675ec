package io.coxswain.storage.state;

import java.time.Duration;

/// How much history is kept: what exceeds any of the three is forgotten.
public record Limits(Duration age, long events, long bytes) {

    /// Upstream forgets after five minutes; the other two bound the memory under heavy change.
    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(5), 250_000, 128L << 20);
}
