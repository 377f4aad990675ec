package io.coxswain.kubelet.runtime;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// CPU and memory used, each at a moment of its own. What the runtime does not measure is `null`.
public record Usage(@Nullable Cpu cpu, @Nullable Memory memory) {

    /// Core-nanoseconds since the start, and the rate the runtime computed, if it does.
    public record Cpu(Instant at, long coreNanos, @Nullable Long nanoCores) {}

    /// The working set is what cannot be reclaimed under pressure; the rest is detail.
    public record Memory(
            Instant at,
            long workingSetBytes,
            @Nullable Long availableBytes,
            @Nullable Long usageBytes,
            @Nullable Long rssBytes,
            @Nullable Long pageFaults,
            @Nullable Long majorPageFaults) {}
}
