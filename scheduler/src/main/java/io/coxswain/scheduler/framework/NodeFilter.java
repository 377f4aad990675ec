package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;

/// Says for one pod which nodes will not do.
public interface NodeFilter {

    /// Why the node will not do; null when it will.
    @Nullable Rejection reject(NodeInfo node);

    /// Asks about every node that nobody has rejected yet.
    default void rejectAll(Snapshot snapshot, @Nullable Rejection[] rejections) {
        for (var slot = 0; slot < snapshot.slots(); slot++) {
            var node = rejections[slot] == null ? snapshot.at(slot) : null;
            if (node != null) {
                rejections[slot] = reject(node);
            }
        }
    }

    /// Whether the answer depends on pods of other nodes. Such a filter is told of every pod that
    /// comes or goes, and asked about all nodes again when it says so. It is asked after all
    /// others.
    default boolean spans() {
        return false;
    }

    /// A pod came to (1) or went from (-1) the node. Returns whether answers may have changed.
    default boolean changed(NodeInfo node, PodInfo pod, int sign) {
        return false;
    }
}
