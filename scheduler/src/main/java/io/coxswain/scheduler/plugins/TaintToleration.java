package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.Node.Taint;
import io.coxswain.api.core.Toleration;
import io.coxswain.scheduler.framework.ClusterEvent;
import io.coxswain.scheduler.framework.FilterPlugin;
import io.coxswain.scheduler.framework.NodeFilter;
import io.coxswain.scheduler.framework.NodeScore;
import io.coxswain.scheduler.framework.PodVerdict;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.framework.ScorePlugin;
import io.coxswain.scheduler.framework.Scores;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps a pod off nodes whose taints it does not tolerate, and prefers nodes with fewer of those
/// that only ask it to stay away.
public final class TaintToleration implements FilterPlugin, ScorePlugin {

    private static final String DISCOURAGES = "PreferNoSchedule";

    /// Evicting other pods would not remove the taint, so preemption need not try.
    private final Rejection untolerated =
            Rejection.lasting(this, "node(s) had untolerated taint(s)");

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        if (snapshot.tainted() == 0) {
            return PodVerdict.UNCONCERNED;
        }
        return new PodVerdict.Ask(new Filter(pod.pod().spec().tolerations()));
    }

    @Override
    public @Nullable NodeScore scores(PodInfo pod, Snapshot snapshot) {
        if (snapshot.tainted() == 0) {
            return null;
        }
        var relevant =
                pod.pod().spec().tolerations().stream()
                        .filter(one -> one.effect().isEmpty() || one.effect().equals(DISCOURAGES))
                        .toList();
        return new Score(relevant);
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(
                ClusterEvent.NODE_ADDED,
                ClusterEvent.NODE_TAINTS_CHANGED,
                ClusterEvent.POD_CHANGED);
    }

    private static boolean discourages(Taint taint) {
        return taint.effect().equals(DISCOURAGES);
    }

    private final class Filter implements NodeFilter {
        private final List<Toleration> tolerations;

        Filter(List<Toleration> tolerations) {
            this.tolerations = tolerations;
        }

        @Override
        public @Nullable Rejection reject(NodeInfo node) {
            for (var taint : node.taints()) {
                if (Tolerations.repels(taint) && !Tolerations.tolerate(tolerations, taint)) {
                    return untolerated;
                }
            }
            return null;
        }
    }

    private record Score(List<Toleration> tolerations) implements NodeScore {

        @Override
        public long score(NodeInfo node) {
            return node.taints().stream()
                    .filter(TaintToleration::discourages)
                    .filter(taint -> !Tolerations.tolerate(tolerations, taint))
                    .count();
        }

        @Override
        public boolean relative() {
            return true;
        }

        @Override
        public void normalize(Scores scores) {
            scores.lowestFirst();
        }
    }
}
