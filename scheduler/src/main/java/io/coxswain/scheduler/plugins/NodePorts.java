package io.coxswain.scheduler.plugins;

import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.FilterPlugin;
import io.coxswain.scheduler.framework.PodVerdict;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.snapshot.HostPort;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.List;
import java.util.Set;

/// Keeps a pod off nodes where a host port it wants is taken.
public final class NodePorts implements FilterPlugin {

    private final Rejection taken =
            Rejection.resolvable(
                    this, "node(s) didn't have free ports for the requested pod ports");

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        var wanted = pod.hostPorts();
        if (wanted.isEmpty()) {
            return PodVerdict.UNCONCERNED;
        }
        return new PodVerdict.Ask(node -> conflict(wanted, node) ? taken : null);
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(ClusterEvent.NODE_ADDED, ClusterEvent.POD_REMOVED);
    }

    private static boolean conflict(List<HostPort> wanted, NodeInfo node) {
        for (var used : node.usedPorts()) {
            for (var one : wanted) {
                if (one.conflicts(used)) {
                    return true;
                }
            }
        }
        return false;
    }
}
