package io.coxswain.scheduler;

import io.coxswain.scheduler.framework.Placement;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The sentence that tells users why a pod has no node.
final class FailureMessage {

    static final String NO_NODES = "no nodes available to schedule pods";

    /// What resource claims contribute to what was tried; there are none to give up.
    private static final String NO_CLAIMS = "no new claims to deallocate, ";

    private FailureMessage() {}

    /// `0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. …`
    ///
    /// @param after what was tried to make room, empty for nothing
    static String of(Placement placement, Snapshot snapshot, String after) {
        var never = placement.never();
        var reasons =
                never == null ? histogram(placement, snapshot) : String.join(", ", never.reasons());
        return "0/"
                + snapshot.size()
                + " nodes are available:"
                + (reasons.isEmpty() ? "" : " " + reasons + ".")
                + (after.isEmpty() ? "" : " " + NO_CLAIMS + after);
    }

    /// How many nodes gave each reason, sorted as text, so `10 …` comes before `2 …`.
    private static String histogram(Placement placement, Snapshot snapshot) {
        var counts = new TreeMap<String, Integer>();
        snapshot.nodes()
                .forEach(node -> {
                    var rejection = placement.rejection(node.slot());
                    if (rejection != null) {
                        rejection
                                .reasons()
                                .forEach(reason -> counts.merge(reason, 1, Integer::sum));
                    }
                });
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
