package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.core.NodeSelector.NodeSelectorRequirement;
import io.coxswain.api.core.NodeSelector.NodeSelectorTerm;
import io.coxswain.api.selector.Requirement;
import io.coxswain.api.selector.Requirement.Operator;
import io.coxswain.scheduler.snapshot.NodeInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A node selector ready to be matched: one of its terms must hold, and an empty term never does.
record NodeTerms(List<Term> terms) {

    /// @param fields about the node's fields, of which only `metadata.name` exists
    record Term(List<Requirement> labels, List<Requirement> fields) {

        static Term of(NodeSelectorTerm term) {
            return new Term(
                    term.matchExpressions().stream().map(NodeTerms::requirement).toList(),
                    term.matchFields().stream().map(NodeTerms::requirement).toList());
        }

        boolean matches(NodeInfo node) {
            if (labels.isEmpty() && fields.isEmpty()) {
                return false;
            }
            return all(labels, node.labels()) && all(fields, Map.of("metadata.name", node.name()));
        }

        /// The only node names that may match; null when the fields do not limit them.
        @Nullable Set<String> names() {
            Set<String> names = null;
            for (var field : fields) {
                if (field.operator() == Operator.IN && field.key().equals("metadata.name")) {
                    var these = new HashSet<>(field.values());
                    if (names != null) {
                        these.retainAll(names);
                    }
                    names = these;
                }
            }
            return names;
        }

        private static boolean all(List<Requirement> requirements, Map<String, String> labels) {
            for (var requirement : requirements) {
                if (!requirement.matches(labels)) {
                    return false;
                }
            }
            return true;
        }
    }

    static NodeTerms of(NodeSelector selector) {
        return new NodeTerms(selector.nodeSelectorTerms().stream().map(Term::of).toList());
    }

    boolean match(NodeInfo node) {
        for (var term : terms) {
            if (term.matches(node)) {
                return true;
            }
        }
        return false;
    }

    /// The only node names that may match; null when some term does not limit them.
    @Nullable Set<String> names() {
        var all = new HashSet<String>();
        for (var term : terms) {
            var names = term.names();
            if (names == null) {
                return null;
            }
            all.addAll(names);
        }
        return terms.isEmpty() ? null : all;
    }

    private static Requirement requirement(NodeSelectorRequirement one) {
        var operator =
                switch (one.operator()) {
                    case "In" -> Operator.IN;
                    case "NotIn" -> Operator.NOT_IN;
                    case "Exists" -> Operator.EXISTS;
                    case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
                    case "Gt" -> Operator.GREATER_THAN;
                    case "Lt" -> Operator.LESS_THAN;
                    default ->
                            throw new IllegalArgumentException(
                                    "\""
                                            + one.operator()
                                            + "\" is not a valid node selector operator");
                };
        return new Requirement(one.key(), operator, new TreeSet<>(one.values()));
    }
}
