package io.coxswain.kubelet.runtime;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pod sandbox that the runtime knows. One that is not ready has no network any more.
public record Sandbox(
        String id,
        PodIdentity pod,
        State state,
        Instant createdAt,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable String handler) {

    public Sandbox {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public enum State {
        READY,
        NOT_READY
    }
}
