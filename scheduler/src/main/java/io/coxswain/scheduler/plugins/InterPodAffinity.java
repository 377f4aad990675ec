package io.coxswain.scheduler.plugins;

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
import io.coxswain.scheduler.snapshot.PodTerm;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Brings pods together and keeps them apart, as their affinity and anti-affinity say.
public final class InterPodAffinity implements FilterPlugin, ScorePlugin {

    /// How much a required affinity of a pod that is there already draws the new one.
    private static final int REQUIRED_WEIGHT = 1;

    private final Rejection far =
            Rejection.lasting(this, "node(s) didn't match pod affinity rules");
    private final Rejection near =
            Rejection.resolvable(this, "node(s) didn't match pod anti-affinity rules");
    private final Rejection unwelcome =
            Rejection.resolvable(this, "node(s) didn't satisfy existing pods anti-affinity rules");

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        return new PodVerdict.Ask(new Filter(pod, snapshot));
    }

    @Override
    public NodeScore scores(PodInfo pod, Snapshot snapshot) {
        return new Score(pod, snapshot);
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(
                ClusterEvent.NODE_ADDED,
                ClusterEvent.NODE_LABELS_CHANGED,
                ClusterEvent.POD_PLACED,
                ClusterEvent.POD_REMOVED,
                ClusterEvent.POD_LABELS_CHANGED,
                ClusterEvent.POD_CHANGED);
    }

    /// Goes through all pods, or only through the nodes with pods that want something.
    private static void forEachPod(
            Snapshot snapshot, boolean all, BiConsumer<NodeInfo, PodInfo> action) {
        if (!all && snapshot.podsWithTerms() == 0) {
            return;
        }
        snapshot.nodes()
                .filter(node -> all || node.hasTerms())
                .forEach(node -> node.pods().forEach(other -> action.accept(node, other)));
    }

    private final class Filter implements NodeFilter {
        private final PodInfo pod;
        private final Snapshot snapshot;
        private final List<PodTerm> together;
        private final List<PodTerm> apart;
        private final TopologyWeights friends;
        private final TopologyWeights rivals;
        private final TopologyWeights enemies;

        Filter(PodInfo pod, Snapshot snapshot) {
            this.pod = pod;
            this.snapshot = snapshot;
            this.together = pod.terms().required();
            this.apart = pod.terms().requiredApart();
            this.friends = new TopologyWeights(snapshot);
            this.rivals = new TopologyWeights(snapshot);
            this.enemies = new TopologyWeights(snapshot);
            var wantsSomething = !together.isEmpty() || !apart.isEmpty();
            forEachPod(snapshot, wantsSomething, (node, other) -> changed(node, other, 1));
        }

        @Override
        public @Nullable Rejection reject(NodeInfo node) {
            if (!together.isEmpty() && !satisfied(node)) {
                return far;
            }
            for (var i = 0; i < apart.size(); i++) {
                if (rivals.get(apart.get(i).topologyKey(), node) > 0) {
                    return near;
                }
            }
            return !enemies.empty() && enemies.sum(node) > 0 ? unwelcome : null;
        }

        @Override
        public void rejectAll(Snapshot all, @Nullable Rejection[] rejections) {
            if (!together.isEmpty()) {
                NodeFilter.super.rejectAll(all, rejections);
                return;
            }
            for (var term : apart) {
                rivals.rejectFilled(term.topologyKey(), near, rejections);
            }
            enemies.rejectFilled(unwelcome, rejections);
        }

        @Override
        public boolean spans() {
            return true;
        }

        @Override
        public boolean changed(NodeInfo node, PodInfo other, int sign) {
            var changed = false;
            if (!together.isEmpty() && matchesAll(other)) {
                for (var term : together) {
                    changed |= friends.add(term.topologyKey(), node, sign);
                }
            }
            for (var term : apart) {
                if (term.matches(other, snapshot.objects())) {
                    changed |= rivals.add(term.topologyKey(), node, sign);
                }
            }
            for (var term : other.terms().requiredApart()) {
                if (term.matches(pod, snapshot.objects())) {
                    changed |= enemies.add(term.topologyKey(), node, sign);
                }
            }
            return changed;
        }

        /// The first pod of a group that wants to be together may go anywhere with the labels.
        private boolean satisfied(NodeInfo node) {
            var present = true;
            for (var term : together) {
                if (!friends.labelled(term.topologyKey(), node)) {
                    return false;
                }
                present &= friends.get(term.topologyKey(), node) > 0;
            }
            return present || (friends.empty() && matchesAll(pod));
        }

        private boolean matchesAll(PodInfo other) {
            for (var term : together) {
                if (!term.matches(other, snapshot.objects())) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Score implements NodeScore {
        private final PodInfo pod;
        private final Snapshot snapshot;
        private final TopologyWeights weights;

        Score(PodInfo pod, Snapshot snapshot) {
            this.pod = pod;
            this.snapshot = snapshot;
            this.weights = new TopologyWeights(snapshot);
            var terms = pod.terms();
            var prefers = !terms.preferred().isEmpty() || !terms.preferredApart().isEmpty();
            forEachPod(snapshot, prefers, (node, other) -> changed(node, other, 1));
        }

        @Override
        public long score(NodeInfo node) {
            return weights.empty() ? 0 : weights.sum(node);
        }

        @Override
        public void scoreAll(Snapshot all, @Nullable Rejection[] rejections, long[] scores) {
            if (weights.empty()) {
                Arrays.fill(scores, 0);
                return;
            }
            NodeScore.super.scoreAll(all, rejections, scores);
        }

        @Override
        public boolean relative() {
            return !weights.empty();
        }

        @Override
        public void normalize(Scores scores) {
            var min = scores.min();
            var range = scores.max() - min;
            scores.each(value -> range == 0 ? 0 : MAX * (value - min) / range);
        }

        @Override
        public boolean spans() {
            return true;
        }

        @Override
        public boolean changed(NodeInfo node, PodInfo other, int sign) {
            var changed = add(pod.terms().preferred(), other, node, sign);
            changed |= add(pod.terms().preferredApart(), other, node, -sign);
            changed |= add(other.terms().preferred(), pod, node, sign);
            changed |= add(other.terms().preferredApart(), pod, node, -sign);
            changed |= add(other.terms().required(), pod, node, sign);
            return changed;
        }

        /// Adds the terms that are about `target` to the domain of `node`.
        private boolean add(List<PodTerm> terms, PodInfo target, NodeInfo node, int sign) {
            var changed = false;
            for (var term : terms) {
                if (term.matches(target, snapshot.objects())) {
                    var weight = term.weight() == 0 ? REQUIRED_WEIGHT : term.weight();
                    changed |= weights.add(term.topologyKey(), node, (long) sign * weight);
                }
            }
            return changed;
        }
    }
}
