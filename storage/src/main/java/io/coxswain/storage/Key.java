package io.coxswain.storage;

/// Names one stored object.
///
/// @param resource plural name and group as in `deployments.apps`; the core group has no suffix
/// @param namespace empty for objects of the whole cluster
public record Key(String resource, String namespace, String name) implements Comparable<Key> {

    /// Objects of a resource are listed in the byte order of `namespace/name`, as upstream lists
    /// them: those of `a-b` come before those of `a`, because `-` comes before `/`.
    @Override
    public int compareTo(Key other) {
        var byResource = resource.compareTo(other.resource);
        if (byResource != 0) {
            return byResource;
        }
        var byNamespace = compareNamespaces(namespace, other.namespace);
        return byNamespace == 0 ? name.compareTo(other.name) : byNamespace;
    }

    /// The order of namespaces as parts of keys, with the `/` that ends them.
    public static int compareNamespaces(String one, String other) {
        if (one.length() < other.length() && other.startsWith(one)) {
            return '/' - other.charAt(one.length());
        }
        if (one.length() > other.length() && one.startsWith(other)) {
            return one.charAt(other.length()) - '/';
        }
        return one.compareTo(other);
    }

    @Override
    public String toString() {
        return namespace.isEmpty()
                ? resource + "/" + name
                : resource + "/" + namespace + "/" + name;
    }
}
