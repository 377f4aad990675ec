package io.coxswain.controllers.daemonset;

import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.client.controller.Step;
import io.coxswain.controllers.history.History;
import io.coxswain.controllers.pods.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which pods of an old template go now, and on which nodes a new pod may come beside the old one.
final class DaemonRollout {

    private final DaemonSet set;
    private final String hash;
    private final Map<String, List<Pod>> nodes;
    private final Instant now;
    private final int surge;
    private final int unavailable;

    /// @param nodes the pods of each node, oldest first
    DaemonRollout(DaemonSet set, String hash, Map<String, List<Pod>> nodes, Instant now) {
        this.set = set;
        this.hash = hash;
        this.nodes = nodes;
        this.now = now;
        var rolling = set.spec().updateStrategy().rollingUpdate();
        var most = rolling == null ? null : rolling.maxSurge();
        var least = rolling == null ? null : rolling.maxUnavailable();
        var wanted = set.status().desiredNumberScheduled();
        this.surge = most == null ? 0 : most.scaled(wanted, true);
        this.unavailable = (least == null ? IntOrString.of(1) : least).scaled(wanted, true);
    }

    String hash() {
        return hash;
    }

    List<Step> steps() {
        if (set.spec().updateStrategy().type().equals("OnDelete")) {
            return List.of();
        }
        return surge > 0 ? surging() : replacing();
    }

    /// The pods of one node beyond the one it needs; while surging an old and a new one may share
    /// it.
    List<Pod> surplus(List<Pod> running) {
        if (running.size() < 2) {
            return List.of();
        }
        if (surge == 0) {
            return running.subList(1, running.size());
        }
        var keepOld = running.stream().filter(pod -> !isNew(pod)).findFirst().orElse(null);
        var keepNew = running.stream().filter(this::isNew).findFirst().orElse(null);
        return running.stream()
                .filter(pod -> !pod.equals(keepOld) && !pod.equals(keepNew))
                .toList();
    }

    /// Old pods go first; the node stands without one until the next is up.
    private List<Step> replacing() {
        var down = 0;
        var free = new ArrayList<Pod>();
        var candidates = new ArrayList<Pod>();
        for (var pods : nodes.values()) {
            var fresh = find(pods, true);
            var old = find(pods, false);
            if (fresh != null && old == null) {
                down += available(fresh) ? 0 : 1;
            } else if (fresh == null && old != null && !old.deleting()) {
                if (available(old)) {
                    candidates.add(old);
                } else {
                    down++;
                    free.add(old);
                }
            } else if (!pods.isEmpty()) {
                down++;
            }
        }
        free.addAll(
                candidates.subList(0, Math.clamp(unavailable - (long) down, 0, candidates.size())));
        return free.stream().map(pod -> Step.deletePod(set, pod)).toList();
    }

    /// New pods come first; an old one goes when the new one beside it is available.
    private List<Step> surging() {
        var steps = new ArrayList<Step>();
        var beside = 0;
        var free = new ArrayList<String>();
        var candidates = new ArrayList<String>();
        for (var entry : nodes.entrySet()) {
            var fresh = find(entry.getValue(), true);
            var old = find(entry.getValue(), false);
            if (old == null || old.deleting()) {
                continue;
            }
            if (fresh == null) {
                (available(old) ? candidates : free).add(entry.getKey());
            } else if (available(fresh)) {
                steps.add(Step.deletePod(set, old));
            } else {
                beside++;
            }
        }
        free.addAll(candidates.subList(0, Math.clamp(surge - (long) beside, 0, candidates.size())));
        free.forEach(node -> steps.add(Step.createPod(set, DaemonPods.create(set, node, hash))));
        return steps;
    }

    private @Nullable Pod find(List<Pod> pods, boolean fresh) {
        return pods.stream()
                .filter(pod -> isNew(pod) == fresh && !Pods.terminal(pod))
                .findFirst()
                .orElse(null);
    }

    private boolean isNew(Pod pod) {
        return hash.equals(pod.metadata().labels().get(History.HASH));
    }

    private boolean available(Pod pod) {
        return Pods.available(pod, set.spec().minReadySeconds(), now);
    }
}
