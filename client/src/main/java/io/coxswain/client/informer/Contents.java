package io.coxswain.client.informer;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Resource;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an informer knows at one revision. Immutable.
///
/// @param byKey by `namespace/name`
/// @param byOwner by `UID of the controlling owner/namespace/name`
record Contents<T extends Resource>(boolean synced, long revision, Tree<T> byKey, Tree<T> byOwner) {

    static <T extends Resource> Contents<T> nothing() {
        return new Contents<>(false, 0, Tree.empty(), Tree.empty());
    }

    static <T extends Resource> Contents<T> of(long revision, List<T> objects) {
        var byKey = new TreeMap<String, T>();
        var byOwner = new TreeMap<String, T>();
        for (var object : objects) {
            byKey.put(key(object), object);
            var owner = ownerKey(object);
            if (owner != null) {
                byOwner.put(owner, object);
            }
        }
        return new Contents<>(true, revision, Tree.of(byKey), Tree.of(byOwner));
    }

    @Nullable T find(String namespace, String name) {
        return byKey.get(namespace + "/" + name);
    }

    @Nullable T same(T object) {
        return byKey.get(key(object));
    }

    Stream<T> in(String namespace) {
        return byKey.startingWith(namespace + "/");
    }

    /// In the owner's namespace; in all of them for an owner of the whole cluster.
    Stream<T> owned(String uid, String namespace) {
        var prefix = uid + "/" + namespace;
        return byOwner.startingWith(namespace.isEmpty() ? prefix : prefix + "/");
    }

    Contents<T> with(T object, long at) {
        var before = same(object);
        var owners = before == null ? byOwner : withoutOwner(before);
        var owner = ownerKey(object);
        return new Contents<>(
                true,
                at,
                byKey.with(key(object), object),
                owner == null ? owners : owners.with(owner, object));
    }

    Contents<T> without(T object, long at) {
        var before = same(object);
        return before == null
                ? at(at)
                : new Contents<>(true, at, byKey.without(key(object)), withoutOwner(before));
    }

    Contents<T> at(long later) {
        return new Contents<>(synced, later, byKey, byOwner);
    }

    private Tree<T> withoutOwner(T before) {
        var owner = ownerKey(before);
        return owner == null ? byOwner : byOwner.without(owner);
    }

    private static String key(Resource object) {
        return object.namespace() + "/" + object.name();
    }

    private static @Nullable String ownerKey(Resource object) {
        for (ObjectMeta.OwnerReference owner : object.metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return owner.uid() + "/" + key(object);
            }
        }
        return null;
    }
}
