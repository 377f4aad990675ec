package io.coxswain.kubelet.runtime;

import java.time.Instant;
import java.util.Map;

/// A container that the runtime knows. `image` is what it was created from, `imageRef` that image's
/// id.
public record Container(
        String id,
        String sandboxId,
        String name,
        int attempt,
        String image,
        String imageRef,
        State state,
        Instant createdAt,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public Container {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public enum State {
        CREATED,
        RUNNING,
        EXITED,
        /// The runtime has lost track of it.
        UNKNOWN
    }
}
