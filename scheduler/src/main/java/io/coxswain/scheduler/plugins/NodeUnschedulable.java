package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.Node.Taint;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.FilterPlugin;
import io.coxswain.scheduler.framework.PodVerdict;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.Set;

/// Keeps pods off nodes that are marked unschedulable (`kubectl cordon`).
public final class NodeUnschedulable implements FilterPlugin {

    private static final Taint CORDON =
            new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule", null);

    private final Rejection cordoned = Rejection.lasting(this, "node(s) were unschedulable");

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        if (snapshot.cordoned() == 0
                || Tolerations.tolerate(pod.pod().spec().tolerations(), CORDON)) {
            return PodVerdict.UNCONCERNED;
        }
        return new PodVerdict.Ask(node -> node.node().spec().unschedulable() ? cordoned : null);
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(ClusterEvent.NODE_ADDED, ClusterEvent.NODE_TAINTS_CHANGED);
    }
}
