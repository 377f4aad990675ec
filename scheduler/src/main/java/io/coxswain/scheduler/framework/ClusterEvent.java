package io.coxswain.scheduler.framework;

/// A change of the cluster that may make room for a waiting pod.
public enum ClusterEvent {
    NODE_ADDED,
    NODE_ALLOCATABLE_CHANGED,
    NODE_LABELS_CHANGED,
    NODE_TAINTS_CHANGED,
    /// A pod that has a node came or became known.
    POD_PLACED,
    /// A pod that had a node is gone or has ended.
    POD_REMOVED,
    /// Labels of a placed pod changed.
    POD_LABELS_CHANGED,
    /// A placed pod asks for less than before.
    POD_SHRANK,
    /// The waiting pod itself changed.
    POD_CHANGED,
    VOLUMES_CHANGED,
    /// Time has passed, or an error may be over: wakes everyone.
    ANYTHING
}
