package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import io.coxswain.storage.Key;
import io.coxswain.storage.Layout;
import org.jspecify.annotations.Nullable;

/// Where in etcd things are: objects below the prefix, and a few keys of our own.
final class Places {

    /// Written so that the revision of everything known is as high as etcd's; below the prefix, so
    /// that the watch of it shows the write. Nothing of Kubernetes is kept there.
    private static final String MARKER = "coxswain/marker";

    /// How much later resource versions are than etcd's revisions; absent for not at all.
    private static final String OFFSET = "coxswain/offset";

    /// See [Fence].
    private static final String FENCE = "coxswain/fence";

    /// Shared with upstream's servers, so that only one of all compacts.
    static final ByteString COMPACTED = ByteString.copyFromUtf8("compact_rev_key");

    private final String prefix;
    private final Layout layout;

    Places(String prefix, Layout layout) {
        this.prefix = prefix + "/";
        this.layout = layout;
    }

    ByteString of(Key key) {
        return ByteString.copyFromUtf8(prefix + layout.path(key));
    }

    /// The object at a place; null when there is none of ours.
    @Nullable Key key(ByteString place) {
        var path = place.toStringUtf8();
        return path.startsWith(prefix) ? layout.key(path.substring(prefix.length())) : null;
    }

    ByteString first() {
        return ByteString.copyFromUtf8(prefix);
    }

    /// The first key behind all of these.
    ByteString end() {
        return ByteString.copyFromUtf8(prefix.substring(0, prefix.length() - 1) + "0");
    }

    ByteString marker() {
        return ByteString.copyFromUtf8(prefix + MARKER);
    }

    ByteString offset() {
        return ByteString.copyFromUtf8(prefix + OFFSET);
    }

    ByteString fence() {
        return ByteString.copyFromUtf8(prefix + FENCE);
    }
}
