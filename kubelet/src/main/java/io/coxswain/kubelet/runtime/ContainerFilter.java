package io.coxswain.kubelet.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which containers to list: those that match everything given.
public record ContainerFilter(
        @Nullable String id,
        @Nullable String sandboxId,
        Container.@Nullable State state,
        Map<String, String> labels) {

    public static final ContainerFilter ALL = new ContainerFilter(null, null, null, Map.of());

    public ContainerFilter {
        labels = Map.copyOf(labels);
    }

    public static ContainerFilter in(String sandboxId) {
        return new ContainerFilter(null, sandboxId, null, Map.of());
    }

    public static ContainerFilter id(String id) {
        return new ContainerFilter(id, null, null, Map.of());
    }
}
