package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/// How good each node is for one pod. After [#normalize] a score is from 0 to 100.
public interface NodeScore {

    int MAX = 100;

    long score(NodeInfo node);

    /// Scores every node that was not rejected.
    default void scoreAll(Snapshot snapshot, @Nullable Rejection[] rejections, long[] scores) {
        for (var slot = 0; slot < snapshot.slots(); slot++) {
            var node = rejections[slot] == null ? snapshot.at(slot) : null;
            if (node != null) {
                scores[slot] = score(node);
            }
        }
    }

    /// Whether scores count only in comparison with those of the other nodes.
    default boolean relative() {
        return false;
    }

    /// Brings the scores of the nodes that were not rejected into the range. Only when [#relative].
    default void normalize(Scores scores) {}

    /// Whether the score depends on pods of other nodes; see [NodeFilter#spans].
    default boolean spans() {
        return false;
    }

    /// A pod came to (1) or went from (-1) the node. Returns whether other nodes' scores changed.
    default boolean changed(NodeInfo node, PodInfo pod, int sign) {
        return false;
    }
}
