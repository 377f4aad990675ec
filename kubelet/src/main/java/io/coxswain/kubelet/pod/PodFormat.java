package io.coxswain.kubelet.pod;

import io.coxswain.api.core.Pod;
import java.time.Duration;

/// How upstream writes pods and durations in messages.
public final class PodFormat {

    private PodFormat() {}

    /// `name_namespace(uid)`.
    public static String pod(Pod pod) {
        return pod.name() + "_" + pod.namespace() + "(" + pod.uid() + ")";
    }

    /// A duration as Go prints it: `10s`, `2m40s`, `1.5s`, `350ms`, `0s`.
    public static String duration(Duration duration) {
        var nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        if (nanos < 1_000_000) {
            return fraction(nanos, 1_000) + "µs";
        }
        if (nanos < 1_000_000_000) {
            return fraction(nanos, 1_000_000) + "ms";
        }
        var minutes = duration.toMinutes();
        var text = new StringBuilder();
        if (minutes >= 60) {
            text.append(minutes / 60).append('h');
        }
        if (minutes > 0) {
            text.append(minutes % 60).append('m');
        }
        var rest = nanos - Duration.ofMinutes(minutes).toNanos();
        return text.append(fraction(rest, 1_000_000_000)).append('s').toString();
    }

    private static String fraction(long nanos, long unit) {
        return java.math.BigDecimal.valueOf(nanos)
                .divide(java.math.BigDecimal.valueOf(unit))
                .stripTrailingZeros()
                .toPlainString();
    }
}
