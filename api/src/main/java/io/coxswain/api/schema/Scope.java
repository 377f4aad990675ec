package io.coxswain.api.schema;

/// Whether the objects of a kind live in a namespace or belong to the whole cluster.
public enum Scope {
    NAMESPACED,
    CLUSTER
}
