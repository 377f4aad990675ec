package io.coxswain.storage;

import java.util.Comparator;

/// Names one stored object.
///
/// @param resource plural name and group as in `deployments.apps`; the core group has no suffix
/// @param namespace empty for objects of the whole cluster
public record Key(String resource, String namespace, String name) implements Comparable<Key> {

    /// Objects of a resource are listed by namespace, then name, in byte order, as upstream lists
    /// them.
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::resource)
                    .thenComparing(Key::namespace)
                    .thenComparing(Key::name);

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace.isEmpty()
                ? resource + "/" + name
                : resource + "/" + namespace + "/" + name;
    }
}
