package io.coxswain.scheduler.plugins;

import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.FilterPlugin;
import io.coxswain.scheduler.framework.PodVerdict;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.Set;

/// Keeps a pod that names its node off all others.
public final class NodeName implements FilterPlugin {

    private final Rejection other =
            Rejection.lasting(this, "node(s) didn't match the requested node name");

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        var wanted = pod.pod().spec().nodeName();
        if (wanted.isEmpty()) {
            return PodVerdict.UNCONCERNED;
        }
        return new PodVerdict.Ask(node -> node.name().equals(wanted) ? null : other);
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(ClusterEvent.NODE_ADDED);
    }
}
