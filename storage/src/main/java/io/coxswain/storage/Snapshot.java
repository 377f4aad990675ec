package io.coxswain.storage;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The whole state as it was right after one revision. Immutable, free to keep, safe to share.
public interface Snapshot {

    long revision();

    @Nullable Entry get(Key key);

    /// The objects of a resource in key order, those behind `after` only (null: from the start).
    /// An empty `namespace` means all namespaces.
    Iterator<Entry> list(String resource, String namespace, @Nullable Key after);

    /// How many objects [#list] would give from the start.
    default int count(String resource, String namespace) {
        return count(resource, namespace, null);
    }

    /// How many objects [#list] would give, without going through them.
    int count(String resource, String namespace, @Nullable Key after);
}
