package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.FilterPlugin;
import io.coxswain.scheduler.framework.NodeFilter;
import io.coxswain.scheduler.framework.PodVerdict;
import io.coxswain.scheduler.framework.PreBindPlugin;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.framework.VolumeStep;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps a pod on nodes from which its volumes can be reached or can be made, and has volumes made
/// for the node that was chosen before the pod is bound to it.
public final class VolumeBinding implements FilterPlugin, PreBindPlugin {

    private final Rejection unreachable =
            Rejection.lasting(this, "node(s) didn't match PersistentVolume's node affinity");
    private final Rejection noVolume =
            Rejection.lasting(this, "node(s) didn't find available persistent volumes to bind");

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        var claims = Claims.of(pod.pod(), snapshot.objects());
        var flaw = claims.flaw();
        if (flaw != null) {
            return new PodVerdict.Never(Rejection.lasting(this, flaw));
        }
        return claims.none()
                ? PodVerdict.UNCONCERNED
                : new PodVerdict.Ask(new Filter(claims, snapshot.objects()));
    }

    @Override
    public @Nullable List<VolumeStep> before(PodInfo pod, NodeInfo node, Snapshot snapshot) {
        var claims = Claims.of(pod.pod(), snapshot.objects());
        if (claims.waiting().isEmpty()) {
            return null;
        }
        var steps = new ArrayList<VolumeStep>();
        for (var claim : claims.waiting()) {
            var volume = Claims.free(claim, node, snapshot.objects());
            if (volume != null) {
                if (volume.spec().claimRef() == null) {
                    steps.add(new VolumeStep.Assign(volume, claim));
                }
            } else if (selectedNode(claim).isEmpty()) {
                steps.add(new VolumeStep.Provision(claim, node.name()));
            }
        }
        return steps;
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(
                ClusterEvent.VOLUMES_CHANGED,
                ClusterEvent.NODE_ADDED,
                ClusterEvent.NODE_LABELS_CHANGED);
    }

    private static String selectedNode(PersistentVolumeClaim claim) {
        return claim.metadata().annotations().getOrDefault(Claims.SELECTED_NODE, "");
    }

    private final class Filter implements NodeFilter {
        private final Claims claims;
        private final ClusterObjects objects;

        Filter(Claims claims, ClusterObjects objects) {
            this.claims = claims;
            this.objects = objects;
        }

        @Override
        public @Nullable Rejection reject(NodeInfo node) {
            for (var volume : claims.bound()) {
                if (!Claims.reaches(volume, node)) {
                    return unreachable;
                }
            }
            for (var claim : claims.waiting()) {
                if (!possible(claim, node)) {
                    return noVolume;
                }
            }
            return null;
        }

        private boolean possible(PersistentVolumeClaim claim, NodeInfo node) {
            var selected = selectedNode(claim);
            if (!selected.isEmpty()) {
                return selected.equals(node.name());
            }
            return Claims.free(claim, node, objects) != null
                    || Claims.provisions(claim, node, objects);
        }
    }
}
