package io.coxswain.kubelet.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one running container uses.
public record ContainerStats(
        String id,
        String name,
        Map<String, String> labels,
        Usage usage,
        @Nullable FsUsage writableLayer) {

    public ContainerStats {
        labels = Map.copyOf(labels);
    }
}
