package io.coxswain.kubelet.eviction;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Quantity;
import org.jspecify.annotations.Nullable;

/// Decides whether a pod takes more of the node's disk than it may. Pure.
final class StorageLimits {

    private static final String STORAGE = "ephemeral-storage";

    private StorageLimits() {}

    /// Whether there is anything to measure a pod for.
    static boolean any(Pod pod) {
        return pod.spec().containers().stream().anyMatch(it -> limit(it) != null)
                || pod.spec().volumes().stream()
                        .anyMatch(it -> it.emptyDir() != null && it.emptyDir().sizeLimit() != null);
    }

    /// Why the pod has to go; empty while it keeps its limits.
    static String exceeded(Pod pod, StorageUse use) {
        for (var volume : pod.spec().volumes()) {
            var limit = volume.emptyDir() == null ? null : volume.emptyDir().sizeLimit();
            var used = use.emptyDirs().getOrDefault(volume.name(), 0L);
            if (limit != null && limit.value() > 0 && used > limit.value()) {
                return "Usage of EmptyDir volume \"%s\" exceeds the limit \"%s\". "
                        .formatted(volume.name(), limit.text());
            }
        }
        var together = Quantity.ZERO;
        for (var container : pod.spec().containers()) {
            var limit = limit(container);
            together = limit == null ? together : together.plus(limit);
        }
        if (together.value() > 0 && use.total() > together.value()) {
            return "Pod ephemeral local storage usage exceeds the total limit of containers %s. "
                    .formatted(together.text());
        }
        for (var container : pod.spec().containers()) {
            var limit = limit(container);
            var used = use.containers().getOrDefault(container.name(), 0L);
            if (limit != null && used > limit.value()) {
                return "Container %s exceeded its local ephemeral storage limit \"%s\". "
                        .formatted(container.name(), limit.text());
            }
        }
        return "";
    }

    private static @Nullable Quantity limit(Container container) {
        return container.resources().limits().get(STORAGE);
    }
}
