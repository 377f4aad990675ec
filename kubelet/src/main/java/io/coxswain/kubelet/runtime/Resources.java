package io.coxswain.kubelet.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The limits of a sandbox or container, in the kernel's terms. `null` leaves a limit as it is.
///
/// `cpuQuotaMicros` counts per `cpuPeriodMicros`; -1 is unlimited. `hugepageLimits` maps a page
/// size as the kernel writes it (`2MB`) to bytes. `unified` holds cgroup v2 files; cgroup v1
/// ignores it. A negative `oomScoreAdj` is clamped by the runtime when the host does not allow it.
public record Resources(
        @Nullable Long cpuShares,
        @Nullable Long cpuQuotaMicros,
        @Nullable Long cpuPeriodMicros,
        @Nullable Long memoryLimitBytes,
        @Nullable Long memorySwapLimitBytes,
        @Nullable Integer oomScoreAdj,
        @Nullable String cpusetCpus,
        @Nullable String cpusetMems,
        Map<String, Long> hugepageLimits,
        Map<String, String> unified) {

    public static final Resources NONE = limits(null, null, null, null);

    public Resources {
        hugepageLimits = Map.copyOf(hugepageLimits);
        unified = Map.copyOf(unified);
    }

    /// CPU shares, CPU quota per 100 ms, memory, and the OOM killer's preference.
    public static Resources limits(
            @Nullable Long cpuShares,
            @Nullable Long cpuQuotaMicros,
            @Nullable Long memoryLimitBytes,
            @Nullable Integer oomScoreAdj) {
        return new Resources(
                cpuShares,
                cpuQuotaMicros,
                cpuQuotaMicros == null ? null : 100_000L,
                memoryLimitBytes,
                null,
                oomScoreAdj,
                null,
                null,
                Map.of(),
                Map.of());
    }
}
