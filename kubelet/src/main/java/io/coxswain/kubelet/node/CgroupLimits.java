package io.coxswain.kubelet.node;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Limits of a cgroup; `null` leaves one as it is, -1 takes it away.
///
/// `cpuShares` counts as cgroup v1 does (1024 is one CPU's worth) and is converted for version 2.
/// `hugepageBytes` maps a page size as the kernel writes it (`2MB`) to bytes.
public record CgroupLimits(
        @Nullable Long cpuShares,
        @Nullable Long cpuQuotaMicros,
        @Nullable Long memoryBytes,
        @Nullable Long processes,
        Map<String, Long> hugepageBytes) {

    /// Quotas are per 100 ms, as Kubernetes has it.
    public static final long CPU_PERIOD_MICROS = 100_000;

    public static final CgroupLimits NONE = new CgroupLimits(null, null, null, null, Map.of());

    public CgroupLimits {
        hugepageBytes = Map.copyOf(hugepageBytes);
    }

    /// Only a weight, as the groups of the QoS classes have.
    public static CgroupLimits shares(long cpuShares) {
        return new CgroupLimits(cpuShares, null, null, null, Map.of());
    }

    /// Version 2's weight, 1 to 10000, for shares, 2 to 262144. The curve goes through
    /// (2, 1), (1024, 100) and (262144, 10000).
    static long weight(long cpuShares) {
        if (cpuShares <= 2) {
            return 1;
        }
        if (cpuShares >= 262_144) {
            return 10_000;
        }
        var l = Math.log((double) cpuShares) / Math.log(2);
        return (long) Math.ceil(Math.pow(10, (l * l + 125 * l) / 612.0 - 7.0 / 34.0) - 1e-9);
    }
}
