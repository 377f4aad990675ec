package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;

/// Keeps pods off nodes.
public interface FilterPlugin extends Plugin {

    /// What this plugin has to say about the pod, before any node is looked at.
    PodVerdict look(PodInfo pod, Snapshot snapshot);
}
