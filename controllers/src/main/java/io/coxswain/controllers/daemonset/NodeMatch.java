package io.coxswain.controllers.daemonset;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.NodeSelector.NodeSelectorRequirement;
import io.coxswain.api.core.NodeSelector.NodeSelectorTerm;
import io.coxswain.api.core.PodSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a node is one that a pod's node selector and required node affinity ask for.
final class NodeMatch {

    private NodeMatch() {}

    static boolean fits(PodSpec spec, Node node) {
        var labels = node.metadata().labels();
        if (!labels.entrySet().containsAll(spec.nodeSelector().entrySet())) {
            return false;
        }
        var affinity = spec.affinity() == null ? null : spec.affinity().nodeAffinity();
        var required =
                affinity == null ? null : affinity.requiredDuringSchedulingIgnoredDuringExecution();
        return required == null
                || required.nodeSelectorTerms().stream().anyMatch(term -> matches(term, node));
    }

    /// A term without requirements matches nothing.
    private static boolean matches(NodeSelectorTerm term, Node node) {
        if (term.matchExpressions().isEmpty() && term.matchFields().isEmpty()) {
            return false;
        }
        var labels = node.metadata().labels();
        return term.matchExpressions().stream().allMatch(it -> fulfils(labels.get(it.key()), it))
                && term.matchFields().stream().allMatch(it -> fulfils(node.name(), it));
    }

    private static boolean fulfils(@Nullable String value, NodeSelectorRequirement wanted) {
        return switch (wanted.operator()) {
            case "In" -> value != null && wanted.values().contains(value);
            case "NotIn" -> value == null || !wanted.values().contains(value);
            case "Exists" -> value != null;
            case "DoesNotExist" -> value == null;
            case "Gt" -> compare(value, wanted.values()) > 0;
            case "Lt" -> compare(value, wanted.values()) < 0;
            default -> false;
        };
    }

    /// 0 also when one of both is no number.
    private static int compare(@Nullable String value, List<String> bound) {
        if (value == null || bound.size() != 1) {
            return 0;
        }
        try {
            return Long.compare(Long.parseLong(value), Long.parseLong(bound.getFirst()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
