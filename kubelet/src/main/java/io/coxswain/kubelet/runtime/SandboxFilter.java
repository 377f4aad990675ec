package io.coxswain.kubelet.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which sandboxes to list: those that match everything given.
public record SandboxFilter(
        @Nullable String id, Sandbox.@Nullable State state, Map<String, String> labels) {

    public static final SandboxFilter ALL = new SandboxFilter(null, null, Map.of());

    public SandboxFilter {
        labels = Map.copyOf(labels);
    }

    public static SandboxFilter id(String id) {
        return new SandboxFilter(id, null, Map.of());
    }

    public static SandboxFilter labelled(Map<String, String> labels) {
        return new SandboxFilter(null, null, labels);
    }
}
