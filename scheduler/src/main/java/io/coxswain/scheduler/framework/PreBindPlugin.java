package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Says what must be true before a pod may be bound to the node chosen for it.
public interface PreBindPlugin extends Plugin {

    /// What has to be asked for first, if it has not been already; the pod is then tried again when
    /// it has happened. Null when the pod can be bound right away.
    @Nullable List<VolumeStep> before(PodInfo pod, NodeInfo node, Snapshot snapshot);
}
