package io.coxswain.kubelet.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image on this node. `user` or `userName` is whom it runs as by its own config; both `null`:
/// root. A pinned image must not be garbage collected.
public record Image(
        String id,
        List<String> tags,
        List<String> digests,
        long sizeBytes,
        @Nullable Long user,
        @Nullable String userName,
        boolean pinned) {

    public Image {
        tags = List.copyOf(tags);
        digests = List.copyOf(digests);
    }
}
