package io.coxswain.scheduler.framework;

import io.coxswain.scheduler.snapshot.NodeInfo;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which nodes will do for one pod: the filters made for it, and their answers by slot.
///
/// Answers that depend on the node alone are kept apart from those of filters that span nodes: when
/// a pod comes that only the latter care about, only they are asked again.
final class Feasibility {

    private final Snapshot snapshot;
    private final List<NodeFilter> local = new ArrayList<>();
    private final List<NodeFilter> spanning = new ArrayList<>();
    private final @Nullable Rejection never;
    private @Nullable Set<String> among;
    private @Nullable Rejection outside;
    private @Nullable Rejection[] localRejections = new @Nullable Rejection[0];
    private @Nullable Rejection[] rejections = new @Nullable Rejection[0];

    Feasibility(Profile profile, PodInfo pod, Snapshot snapshot) {
        this.snapshot = snapshot;
        this.never = look(profile, pod);
    }

    @Nullable Rejection never() {
        return never;
    }

    /// Why each node will not do.
    @Nullable Rejection[] rejections() {
        return rejections;
    }

    /// The same as far as it has nothing to do with other nodes.
    @Nullable Rejection[] localRejections() {
        return localRejections;
    }

    void askAll() {
        localRejections = new @Nullable Rejection[snapshot.slots()];
        if (never != null || among != null) {
            for (var slot = 0; slot < localRejections.length; slot++) {
                var node = snapshot.at(slot);
                localRejections[slot] = node == null ? null : excluded(node);
            }
        }
        for (var filter : local) {
            filter.rejectAll(snapshot, localRejections);
        }
        askSpanning();
    }

    /// Asks the filters that span nodes about all nodes.
    void askSpanning() {
        if (spanning.isEmpty()) {
            rejections = localRejections;
            return;
        }
        rejections = localRejections.clone();
        for (var filter : spanning) {
            filter.rejectAll(snapshot, rejections);
        }
    }

    /// Asks about one node, and remembers the answer.
    void askAgain(NodeInfo node) {
        var rejection = askLocal(node);
        localRejections[node.slot()] = rejection;
        rejections[node.slot()] = rejection == null ? askSpanning(node) : rejection;
    }

    /// Asks about one node as it is now.
    @Nullable Rejection ask(NodeInfo node) {
        var rejection = askLocal(node);
        return rejection == null ? askSpanning(node) : rejection;
    }

    private @Nullable Rejection askLocal(NodeInfo node) {
        var excluded = excluded(node);
        return excluded == null ? firstOf(local, node) : excluded;
    }

    private @Nullable Rejection askSpanning(NodeInfo node) {
        return firstOf(spanning, node);
    }

    private static @Nullable Rejection firstOf(List<NodeFilter> filters, NodeInfo node) {
        for (var filter : filters) {
            var rejection = filter.reject(node);
            if (rejection != null) {
                return rejection;
            }
        }
        return null;
    }

    /// Returns whether answers about other nodes may have changed.
    boolean tell(NodeInfo node, PodInfo other, int sign) {
        var changed = false;
        for (var filter : spanning) {
            changed |= filter.changed(node, other, sign);
        }
        return changed;
    }

    private @Nullable Rejection excluded(NodeInfo node) {
        if (never != null) {
            return never;
        }
        return among != null && !among.contains(node.name()) ? outside : null;
    }

    /// Asks the plugins what they make of the pod. Returns why no node will do, if that is so.
    private @Nullable Rejection look(Profile profile, PodInfo pod) {
        for (var plugin : profile.filters().toList()) {
            switch (plugin.look(pod, snapshot)) {
                case PodVerdict.Unconcerned() -> {}
                case PodVerdict.Ask(var filter) -> add(filter);
                case PodVerdict.Among(var nodes, var filter) -> {
                    restrict(plugin, nodes);
                    add(filter);
                }
                case PodVerdict.Never(var rejection) -> {
                    local.clear();
                    spanning.clear();
                    return rejection;
                }
            }
        }
        return null;
    }

    private void add(NodeFilter filter) {
        (filter.spans() ? spanning : local).add(filter);
    }

    private void restrict(FilterPlugin plugin, Set<String> nodes) {
        var both = new HashSet<>(nodes);
        if (among != null) {
            both.retainAll(among);
        }
        among = both;
        outside =
                Rejection.lasting(
                        plugin, "node(s) didn't satisfy plugin(s) [" + plugin.name() + "]");
    }
}
