package io.coxswain.api.schema;

import io.coxswain.api.meta.ObjectMeta;

/// An API object: a record with metadata whose class carries `@Kind`.
public interface Resource {

    ObjectMeta metadata();

    default String name() {
        return metadata().name();
    }

    /// The namespace, or `""` for objects of the whole cluster.
    default String namespace() {
        return metadata().namespace();
    }

    /// Whether objects of this kind live in namespaces.
    default boolean namespaced() {
        var kind = getClass().getAnnotation(Kind.class);
        return kind == null || kind.scope() == Scope.NAMESPACED;
    }

    default String uid() {
        return metadata().uid();
    }

    /// Whether deletion was asked for and only finalizers or a grace period keep the object.
    default boolean deleting() {
        return metadata().deletionTimestamp() != null;
    }
}
