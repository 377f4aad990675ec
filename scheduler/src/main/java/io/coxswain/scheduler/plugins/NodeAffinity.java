package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.core.PodSpec;
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
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keeps a pod on the nodes that its node selector and node affinity ask for, and prefers those it
/// would rather have.
public final class NodeAffinity implements FilterPlugin, ScorePlugin {

    private final Rejection mismatch =
            Rejection.lasting(this, "node(s) didn't match Pod's node affinity/selector");

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        var wanted = Wanted.of(pod.pod().spec());
        if (wanted.anything()) {
            return PodVerdict.UNCONCERNED;
        }
        NodeFilter filter = node -> wanted.matches(node) ? null : mismatch;
        var names = wanted.terms() == null ? null : wanted.terms().names();
        if (names == null) {
            return new PodVerdict.Ask(filter);
        }
        return names.isEmpty()
                ? new PodVerdict.Never(Rejection.lasting(this, "pod affinity terms conflict"))
                : new PodVerdict.Among(names, filter);
    }

    @Override
    public @Nullable NodeScore scores(PodInfo pod, Snapshot snapshot) {
        var affinity = pod.pod().spec().affinity();
        if (affinity == null || affinity.nodeAffinity() == null) {
            return null;
        }
        var preferred =
                affinity.nodeAffinity().preferredDuringSchedulingIgnoredDuringExecution().stream()
                        .map(one ->
                                new Preference(NodeTerms.Term.of(one.preference()), one.weight()))
                        .toList();
        return preferred.isEmpty() ? null : new Score(preferred);
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(ClusterEvent.NODE_ADDED, ClusterEvent.NODE_LABELS_CHANGED);
    }

    /// What a pod requires of its node.
    ///
    /// @param terms null when there is no required affinity
    record Wanted(Map<String, String> labels, @Nullable NodeTerms terms) {

        static Wanted of(PodSpec spec) {
            return new Wanted(spec.nodeSelector(), terms(spec));
        }

        boolean anything() {
            return labels.isEmpty() && terms == null;
        }

        boolean matches(NodeInfo node) {
            var present = node.labels();
            for (var label : labels.entrySet()) {
                if (!label.getValue().equals(present.get(label.getKey()))) {
                    return false;
                }
            }
            return terms == null || terms.match(node);
        }

        private static @Nullable NodeTerms terms(PodSpec spec) {
            var affinity = spec.affinity();
            NodeSelector required =
                    affinity == null || affinity.nodeAffinity() == null
                            ? null
                            : affinity.nodeAffinity()
                                    .requiredDuringSchedulingIgnoredDuringExecution();
            return required == null ? null : NodeTerms.of(required);
        }
    }

    private record Preference(NodeTerms.Term term, int weight) {}

    private record Score(List<Preference> preferences) implements NodeScore {

        @Override
        public long score(NodeInfo node) {
            var sum = 0L;
            for (var preference : preferences) {
                if (preference.term().matches(node)) {
                    sum += preference.weight();
                }
            }
            return sum;
        }

        @Override
        public boolean relative() {
            return true;
        }

        @Override
        public void normalize(Scores scores) {
            scores.highestFirst();
        }
    }
}
