package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.PodSpec.TopologySpreadConstraint;
import io.coxswain.api.selector.LabelSelectors;
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

/// Spreads pods of one kind evenly over zones, hosts or whatever label they name.
///
/// Pods that name none but belong to a Service or a workload prefer to be spread over hosts and
/// zones, as in upstream's system defaults.
public final class PodTopologySpread implements FilterPlugin, ScorePlugin {

    private static final List<TopologySpreadConstraint> SYSTEM_DEFAULT =
            List.of(
                    byDefault("kubernetes.io/hostname", 3),
                    byDefault("topology.kubernetes.io/zone", 5));

    private final Rejection uneven =
            Rejection.resolvable(this, "node(s) didn't match pod topology spread constraints");
    private final Rejection unlabelled =
            Rejection.lasting(
                    this,
                    "node(s) didn't match pod topology spread constraints"
                            + " (missing required label)");

    @Override
    public PodVerdict look(PodInfo pod, Snapshot snapshot) {
        var counts = counts(own(pod, "DoNotSchedule"), pod, snapshot);
        return counts.isEmpty() ? PodVerdict.UNCONCERNED : new PodVerdict.Ask(new Filter(counts));
    }

    @Override
    public @Nullable NodeScore scores(PodInfo pod, Snapshot snapshot) {
        if (!pod.pod().spec().topologySpreadConstraints().isEmpty()) {
            var counts = counts(own(pod, "ScheduleAnyway"), pod, snapshot);
            return counts.isEmpty() ? null : new Score(counts, true);
        }
        var selector = Workloads.selector(pod.pod(), snapshot.objects());
        if (selector.everything()) {
            return null;
        }
        var counts =
                SYSTEM_DEFAULT.stream()
                        .map(one -> new SpreadCounts(one, selector, List.of(), pod, snapshot))
                        .filter(one -> one.domainCount() > 0)
                        .toList();
        return counts.isEmpty() ? null : new Score(counts, false);
    }

    @Override
    public Set<ClusterEvent> wakesOn() {
        return Set.of(
                ClusterEvent.NODE_ADDED,
                ClusterEvent.NODE_LABELS_CHANGED,
                ClusterEvent.NODE_TAINTS_CHANGED,
                ClusterEvent.POD_PLACED,
                ClusterEvent.POD_REMOVED,
                ClusterEvent.POD_LABELS_CHANGED,
                ClusterEvent.POD_CHANGED);
    }

    private static List<TopologySpreadConstraint> own(PodInfo pod, String whenUnsatisfiable) {
        return pod.pod().spec().topologySpreadConstraints().stream()
                .filter(one -> one.whenUnsatisfiable().equals(whenUnsatisfiable))
                .toList();
    }

    private static List<SpreadCounts> counts(
            List<TopologySpreadConstraint> constraints, PodInfo pod, Snapshot snapshot) {
        var keys = constraints.stream().map(TopologySpreadConstraint::topologyKey).toList();
        return constraints.stream()
                .map(one -> {
                    var selector = LabelSelectors.of(one.labelSelector());
                    return new SpreadCounts(one, selector, keys, pod, snapshot);
                })
                .toList();
    }

    private static TopologySpreadConstraint byDefault(String key, int maxSkew) {
        return new TopologySpreadConstraint(
                maxSkew, key, "ScheduleAnyway", null, null, null, null, List.of());
    }

    private final class Filter implements NodeFilter {
        private final List<SpreadCounts> counts;

        Filter(List<SpreadCounts> counts) {
            this.counts = counts;
        }

        @Override
        public @Nullable Rejection reject(NodeInfo node) {
            for (var one : counts) {
                var domain = one.domain(node);
                if (domain < 0) {
                    return unlabelled;
                }
                if (one.skewWithPod(domain) > one.constraint().maxSkew()) {
                    return uneven;
                }
            }
            return null;
        }

        @Override
        public void rejectAll(Snapshot snapshot, @Nullable Rejection[] rejections) {
            for (var one : counts) {
                one.rejectAll(snapshot, unlabelled, uneven, rejections);
            }
        }

        @Override
        public boolean spans() {
            return true;
        }

        @Override
        public boolean changed(NodeInfo node, PodInfo pod, int sign) {
            var changed = false;
            for (var one : counts) {
                changed |= one.changed(node, pod, sign);
            }
            return changed;
        }
    }

    /// Fewer matching pods are better; a constraint with many domains counts for more, as each of
    /// its domains holds fewer of them.
    ///
    /// @param strict whether a node that lacks one of the labels is the worst of all
    private record Score(List<SpreadCounts> counts, boolean strict) implements NodeScore {

        private static final long IGNORED = -1;

        @Override
        public long score(NodeInfo node) {
            var sum = 0.0;
            for (var one : counts) {
                var domain = one.domain(node);
                if (domain < 0) {
                    if (strict) {
                        return IGNORED;
                    }
                    continue;
                }
                var weight = Math.log(one.domainCount() + 2.0);
                sum += one.count(domain) * weight + (one.constraint().maxSkew() - 1);
            }
            return Math.round(sum);
        }

        @Override
        public boolean relative() {
            return true;
        }

        @Override
        public void normalize(Scores scores) {
            var min = Long.MAX_VALUE;
            var max = 0L;
            for (var slot : scores.slots()) {
                var value = scores.values()[slot];
                if (value != IGNORED) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
            for (var slot : scores.slots()) {
                var value = scores.values()[slot];
                scores.values()[slot] =
                        value == IGNORED ? 0 : max == 0 ? MAX : MAX * (max + min - value) / max;
            }
        }

        @Override
        public boolean spans() {
            return true;
        }

        @Override
        public boolean changed(NodeInfo node, PodInfo pod, int sign) {
            var changed = false;
            for (var one : counts) {
                changed |= one.changed(node, pod, sign);
            }
            return changed;
        }
    }
}
