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
final class Feasibility {

    private final Snapshot snapshot;
    private final List<NodeFilter> filters = new ArrayList<>();
    private final List<NodeFilter> spanning = new ArrayList<>();
    private final @Nullable Rejection never;
    private @Nullable Set<String> among;
    private @Nullable Rejection outside;
    private @Nullable Rejection[] rejections = new @Nullable Rejection[0];

    Feasibility(Profile profile, PodInfo pod, Snapshot snapshot) {
        this.snapshot = snapshot;
        this.never = look(profile, pod);
    }

    @Nullable Rejection never() {
        return never;
    }

    @Nullable Rejection[] rejections() {
        return rejections;
    }

    void askAll() {
        rejections = new @Nullable Rejection[snapshot.slots()];
        if (never != null || among != null) {
            for (var slot = 0; slot < rejections.length; slot++) {
                var node = snapshot.at(slot);
                rejections[slot] = node == null ? null : excluded(node);
            }
        }
        if (never != null) {
            return;
        }
        for (var filter : filters) {
            filter.rejectAll(snapshot, rejections);
        }
    }

    @Nullable Rejection askAgain(NodeInfo node) {
        var rejection = ask(node);
        rejections[node.slot()] = rejection;
        return rejection;
    }

    @Nullable Rejection ask(NodeInfo node) {
        var excluded = excluded(node);
        if (excluded != null) {
            return excluded;
        }
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
                    return rejection;
                }
            }
        }
        return null;
    }

    private void add(NodeFilter filter) {
        filters.add(filter);
        if (filter.spans()) {
            spanning.add(filter);
        }
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
