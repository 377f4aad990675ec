package io.coxswain.controllers.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.api.core.Pod.PodCondition;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How controllers judge a pod.
public final class Pods {

    private Pods() {}

    public static boolean succeeded(Pod pod) {
        return pod.status().phase().equals("Succeeded");
    }

    public static boolean failed(Pod pod) {
        return pod.status().phase().equals("Failed");
    }

    /// Its containers have ended for good.
    public static boolean terminal(Pod pod) {
        return succeeded(pod) || failed(pod);
    }

    /// It counts as a replica: neither ended nor being deleted.
    public static boolean active(Pod pod) {
        return !terminal(pod) && !pod.deleting();
    }

    public static boolean scheduled(Pod pod) {
        return !pod.spec().nodeName().isEmpty();
    }

    public static boolean ready(Pod pod) {
        var condition = condition(pod, "Ready");
        return condition != null && condition.status().equals("True");
    }

    /// Ready for at least `minReadySeconds`.
    public static boolean available(Pod pod, int minReadySeconds, Instant now) {
        if (!ready(pod)) {
            return false;
        }
        var since = readySince(pod);
        return minReadySeconds == 0
                || (since != null && !since.plusSeconds(minReadySeconds).isAfter(now));
    }

    /// How long until a ready pod becomes available; null when it is not ready or already is.
    public static @Nullable Duration untilAvailable(Pod pod, int minReadySeconds, Instant now) {
        var since = readySince(pod);
        if (since == null || !ready(pod) || available(pod, minReadySeconds, now)) {
            return null;
        }
        return Duration.between(now, since.plusSeconds(minReadySeconds));
    }

    /// When the Ready condition last changed.
    public static @Nullable Instant readySince(Pod pod) {
        var condition = condition(pod, "Ready");
        return condition == null ? null : condition.lastTransitionTime();
    }

    public static @Nullable PodCondition condition(Pod pod, String type) {
        for (var condition : pod.status().conditions()) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /// The restarts of its most restarted container.
    public static int restarts(Pod pod) {
        return pod.status().containerStatuses().stream()
                .mapToInt(ContainerStatus::restartCount)
                .max()
                .orElse(0);
    }
}
