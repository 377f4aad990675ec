package io.coxswain.controllers.daemonset;

import static java.util.Comparator.comparing;

import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.apps.DaemonSet.DaemonSetStatus;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Selection;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.daemonset.DaemonPods.Place;
import io.coxswain.controllers.history.History;
import io.coxswain.controllers.pods.Claims;
import io.coxswain.controllers.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps one pod of a DaemonSet on every node that fits, and replaces pods of an old template.
public final class DaemonSetController implements Controller<DaemonSet> {

    private static final int PODS_PER_ROUND_MAX = 250;

    @Override
    public Plan reconcile(DaemonSet set, View view) {
        if (Selection.of(set.spec().selector()).empty()) {
            return Plan.of(
                    Step.warning(
                            set,
                            "SelectingAll",
                            "This daemon set is selecting all pods. A non-empty selector is"
                                    + " required."));
        }
        if (set.deleting()) {
            return Plan.NOTHING;
        }
        var claims = Claims.of(set, set.spec().selector(), Pod.class, view, pod -> true);
        var history = History.of(set, set.spec().template(), set.status().collisionCount(), view);
        var nodes = nodes(claims.owned(), view);
        var rollout = new DaemonRollout(set, history.hash(), nodes, view.now());
        var steps = new ArrayList<Step>();
        nodes.forEach((node, pods) -> steps.addAll(manage(set, node, pods, rollout, view)));
        steps.addAll(rollout.steps());
        var used =
                claims.owned().stream()
                        .map(pod -> pod.metadata().labels().getOrDefault(History.HASH, ""))
                        .collect(Collectors.toSet());

        var plan =
                Plan.of(claims.steps().stream())
                        .then(Plan.of(history.steps().stream()))
                        .then(Plan.of(steps.stream().distinct().limit(PODS_PER_ROUND_MAX)))
                        .then(
                                Plan.of(
                                        history
                                                .tidy(set.spec().revisionHistoryLimit(), used)
                                                .stream()))
                        .then(status(set, nodes, history.hash(), view));
        var wait = nextAvailable(set, claims.owned(), view.now());
        return wait == null ? plan : plan.again(wait);
    }

    /// A node concerns every DaemonSet.
    public static Stream<NamespacedName> ofNode(Node node, View view) {
        return view.all(DaemonSet.class).map(NamespacedName::of);
    }

    /// All nodes, also those that are gone but still have pods, each with its pods, oldest first.
    private static Map<String, List<Pod>> nodes(List<Pod> pods, View view) {
        var nodes = new LinkedHashMap<String, List<Pod>>();
        view.all(Node.class).forEach(node -> nodes.put(node.name(), new ArrayList<>()));
        pods.stream()
                .sorted(comparing((Pod pod) -> created(pod)).thenComparing(Pod::name))
                .forEach(pod ->
                        nodes.computeIfAbsent(DaemonPods.node(pod), name -> new ArrayList<>())
                                .add(pod));
        return nodes;
    }

    private static List<Step> manage(
            DaemonSet set, String name, List<Pod> pods, DaemonRollout rollout, View view) {
        var node = view.find(Node.class, "", name);
        var place = node == null ? Place.UNWANTED : DaemonPods.place(set, node);
        var present = pods.stream().filter(pod -> !pod.deleting()).toList();
        if (place == Place.UNWANTED) {
            // A pod of a node that is gone is the pod garbage collector's.
            return node == null
                    ? List.of()
                    : present.stream().map(pod -> Step.deletePod(set, pod)).toList();
        }
        if (pods.isEmpty()) {
            return place == Place.WANTED
                    ? List.of(Step.createPod(set, DaemonPods.create(set, name, rollout.hash())))
                    : List.of();
        }
        var steps = new ArrayList<Step>();
        var running = new ArrayList<Pod>();
        for (var pod : present) {
            if (Pods.failed(pod)) {
                steps.add(ended(set, pod, name, "Failed", "failed", "kill"));
                steps.add(Step.deletePod(set, pod));
            } else if (Pods.succeeded(pod)) {
                steps.add(ended(set, pod, name, "Succeeded", "succeeded", "delete"));
                steps.add(Step.deletePod(set, pod));
            } else {
                running.add(pod);
            }
        }
        rollout.surplus(running).forEach(pod -> steps.add(Step.deletePod(set, pod)));
        return steps;
    }

    private static Step ended(
            DaemonSet set, Pod pod, String node, String reason, String how, String what) {
        return Step.warning(
                set,
                reason + "DaemonPod",
                "Found "
                        + how
                        + " daemon pod "
                        + pod.namespace()
                        + "/"
                        + pod.name()
                        + " on node "
                        + node
                        + ", will try to "
                        + what
                        + " it");
    }

    private static Step status(
            DaemonSet set, Map<String, List<Pod>> nodes, String hash, View view) {
        int desired = 0;
        int current = 0;
        int misscheduled = 0;
        int ready = 0;
        int available = 0;
        int updated = 0;
        for (var entry : nodes.entrySet()) {
            var node = view.find(Node.class, "", entry.getKey());
            var pods = entry.getValue();
            if (node == null || DaemonPods.place(set, node) != Place.WANTED) {
                misscheduled += pods.isEmpty() || node == null ? 0 : 1;
                continue;
            }
            desired++;
            if (pods.isEmpty()) {
                continue;
            }
            current++;
            var pod = pods.getLast();
            updated += hash.equals(pod.metadata().labels().get(History.HASH)) ? 1 : 0;
            ready += pods.stream().anyMatch(Pods::ready) ? 1 : 0;
            var seconds = set.spec().minReadySeconds();
            available +=
                    pods.stream().anyMatch(one -> Pods.available(one, seconds, view.now())) ? 1 : 0;
        }
        var status =
                Edit.of(set.status())
                        .set(DaemonSetStatus::desiredNumberScheduled, desired)
                        .set(DaemonSetStatus::currentNumberScheduled, current)
                        .set(DaemonSetStatus::numberMisscheduled, misscheduled)
                        .set(DaemonSetStatus::numberReady, ready)
                        .set(DaemonSetStatus::numberAvailable, available)
                        .set(DaemonSetStatus::numberUnavailable, desired - available)
                        .set(DaemonSetStatus::updatedNumberScheduled, updated)
                        .set(DaemonSetStatus::observedGeneration, set.metadata().generation())
                        .done();
        return Step.updateStatus(Edit.with(set, DaemonSet::status, status));
    }

    private static @Nullable Duration nextAvailable(DaemonSet set, List<Pod> pods, Instant now) {
        return pods.stream()
                .map(pod -> Pods.untilAvailable(pod, set.spec().minReadySeconds(), now))
                .filter(Objects::nonNull)
                .min(Duration::compareTo)
                .orElse(null);
    }

    private static Instant created(Pod pod) {
        return Objects.requireNonNullElse(pod.metadata().creationTimestamp(), Instant.MAX);
    }
}
