package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.PodSpec.TopologySpreadConstraint;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.api.selector.Requirement.Operator;
import io.coxswain.scheduler.framework.Rejection;
import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.PodTerm;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many matching pods each domain of one spread constraint has. Follows pods as they come and
/// go, so that placing many pods of one kind counts the cluster only once.
final class SpreadCounts {

    private final TopologySpreadConstraint constraint;
    private final String namespace;
    private final LabelSelectors selector;
    private final Domains domains;
    private final BitSet eligible;
    private final int[] counts;
    private final boolean[] counted;
    private final boolean self;
    private int countedDomains;
    private int min = -1;

    /// @param keys the labels that a node needs to be counted
    SpreadCounts(
            TopologySpreadConstraint constraint,
            LabelSelectors selector,
            List<String> keys,
            PodInfo pod,
            Snapshot snapshot) {
        this.constraint = constraint;
        this.namespace = pod.pod().namespace();
        this.selector =
                PodTerm.with(selector, constraint.matchLabelKeys(), pod.labels(), Operator.IN);
        this.domains = Domains.of(snapshot, constraint.topologyKey());
        this.eligible = new BitSet(snapshot.slots());
        this.counts = new int[domains.size()];
        this.counted = new boolean[domains.size()];
        this.self = this.selector.matches(pod.labels());
        var wanted = NodeAffinity.Wanted.of(pod.pod().spec());
        var tolerations = pod.pod().spec().tolerations();
        snapshot.nodes()
                .filter(node -> node.labels().keySet().containsAll(keys))
                .filter(node -> ignoresAffinity() || wanted.matches(node))
                .filter(node ->
                        ignoresTaints()
                                || node.taints().stream()
                                        .filter(Tolerations::repels)
                                        .allMatch(
                                                taint -> Tolerations.tolerate(tolerations, taint)))
                .forEach(this::count);
    }

    TopologySpreadConstraint constraint() {
        return constraint;
    }

    /// The number of the node's domain; -1 when it lacks the label.
    int domain(NodeInfo node) {
        return domains.bySlot()[node.slot()];
    }

    /// Rejects the nodes that lack the label and those whose domain is too full already.
    void rejectAll(
            Snapshot snapshot,
            Rejection unlabelled,
            Rejection uneven,
            @Nullable Rejection[] rejections) {
        var bySlot = domains.bySlot();
        var countMax = constraint.maxSkew() + min() - (self ? 1 : 0);
        for (var slot = 0; slot < rejections.length; slot++) {
            var domain = bySlot[slot];
            if (rejections[slot] == null
                    && (domain < 0 || counts[domain] > countMax)
                    && snapshot.at(slot) != null) {
                rejections[slot] = domain < 0 ? unlabelled : uneven;
            }
        }
    }

    int count(int domain) {
        return counts[domain];
    }

    int domainCount() {
        return domains.size();
    }

    boolean eligible(NodeInfo node) {
        return eligible.get(node.slot());
    }

    /// How much fuller than the emptiest domain this one would be with the pod.
    int skewWithPod(int domain) {
        return counts[domain] + (self ? 1 : 0) - min();
    }

    /// Returns whether a count changed.
    boolean changed(NodeInfo node, PodInfo other, int sign) {
        if (!eligible(node) || !matches(other)) {
            return false;
        }
        counts[domain(node)] += sign;
        min = -1;
        return true;
    }

    private void count(NodeInfo node) {
        var domain = domain(node);
        if (domain < 0) {
            return;
        }
        eligible.set(node.slot());
        if (!counted[domain]) {
            counted[domain] = true;
            countedDomains++;
        }
        for (var other : node.pods()) {
            if (matches(other)) {
                counts[domain]++;
            }
        }
    }

    private boolean matches(PodInfo other) {
        return !other.pod().deleting()
                && other.pod().namespace().equals(namespace)
                && selector.matches(other.labels());
    }

    private int min() {
        var minDomains = constraint.minDomains();
        if (minDomains != null && countedDomains < minDomains) {
            return 0;
        }
        if (min < 0) {
            min = Integer.MAX_VALUE;
            for (var domain = 0; domain < counts.length; domain++) {
                if (counted[domain]) {
                    min = Math.min(min, counts[domain]);
                }
            }
        }
        return min == Integer.MAX_VALUE ? 0 : min;
    }

    private boolean ignoresAffinity() {
        return "Ignore".equals(constraint.nodeAffinityPolicy());
    }

    private boolean ignoresTaints() {
        return !"Honor".equals(constraint.nodeTaintsPolicy());
    }
}
