package io.coxswain.controllers.statefulset;

import io.coxswain.api.apps.ControllerRevision;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.apps.StatefulSet.StatefulSetStatus;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Selection;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.history.History;
import io.coxswain.controllers.pods.Claims;
import io.coxswain.controllers.pods.Pods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps pods `0` to `n-1` of a StatefulSet.
///
/// In order (the usual policy): a pod is created only when all before it are available, the highest
/// goes first when there are too many, and updates go from the highest down, one at a time. In
/// parallel, only updates keep that order.
public final class StatefulSetController implements Controller<StatefulSet> {

    @Override
    public Plan reconcile(StatefulSet set, View view) {
        if (Selection.of(set.spec().selector()).empty() || set.deleting()) {
            return Plan.NOTHING;
        }
        var claims =
                Claims.of(
                        set,
                        set.spec().selector(),
                        Pod.class,
                        view,
                        pod -> StatefulPods.ordinal(set, pod) >= 0);
        var history = History.of(set, set.spec().template(), set.status().collisionCount(), view);
        var run = new Run(set, claims.owned(), history, view);
        return Plan.of(claims.steps().stream())
                .then(Plan.of(history.steps().stream()))
                .then(run.claims())
                .then(Plan.of(run.pods().stream()))
                .then(run.status())
                .then(Plan.of(run.tidy().stream()));
    }

    /// One look at a StatefulSet.
    private static final class Run {
        private final StatefulSet set;
        private final History history;
        private final ControllerRevision current;
        private final View view;
        private final NavigableMap<Integer, Pod> byOrdinal = new TreeMap<>();
        private final int first;
        private final int end;
        private final boolean ordered;

        Run(StatefulSet set, List<Pod> pods, History history, View view) {
            this.set = set;
            this.history = history;
            this.view = view;
            this.current = currentRevision();
            pods.forEach(pod -> byOrdinal.put(StatefulPods.ordinal(set, pod), pod));
            var ordinals = set.spec().ordinals();
            var replicas = set.spec().replicas();
            this.first = ordinals == null ? 0 : ordinals.start();
            this.end = first + (replicas == null ? 1 : replicas);
            this.ordered = !set.spec().podManagementPolicy().equals("Parallel");
        }

        /// The claims that pods about to be made need.
        Plan claims() {
            var steps = new ArrayList<Step>();
            for (var ordinal = first; ordinal < end; ordinal++) {
                for (var claim : StatefulPods.claims(set, ordinal)) {
                    var known =
                            view.find(PersistentVolumeClaim.class, claim.namespace(), claim.name());
                    if (known == null) {
                        var who =
                                "create Claim %s Pod "
                                        + StatefulPods.name(set, ordinal)
                                        + " in StatefulSet "
                                        + set.name();
                        steps.add(
                                new Step.Announced(
                                        new Step.Create(claim, true),
                                        set,
                                        "Create",
                                        who + " success",
                                        who.replace("%s", claim.name()) + " failed error: %s"));
                    }
                }
                if (ordered && !available(byOrdinal.get(ordinal))) {
                    break;
                }
            }
            return Plan.of(steps.stream());
        }

        List<Step> pods() {
            var steps = new ArrayList<Step>();
            for (var ordinal = first; ordinal < end; ordinal++) {
                var pod = byOrdinal.get(ordinal);
                if (pod == null) {
                    create(ordinal, steps);
                } else if (Pods.terminal(pod) && !pod.deleting()) {
                    steps.add(recreating(pod));
                    delete(pod, steps);
                }
                if (ordered && !available(pod)) {
                    return steps;
                }
            }
            var condemned = condemned();
            for (var pod : condemned) {
                if (!pod.deleting()) {
                    delete(pod, steps);
                }
                if (ordered) {
                    return steps;
                }
            }
            if (steps.isEmpty()) {
                update(steps);
            }
            return steps;
        }

        /// Replaces old pods from the highest down to the partition.
        private void update(List<Step> steps) {
            if (set.spec().updateStrategy().type().equals("OnDelete")) {
                return;
            }
            for (var ordinal = end - 1; ordinal >= first + partition(); ordinal--) {
                var pod = byOrdinal.get(ordinal);
                if (pod == null || pod.deleting()) {
                    return;
                }
                if (!history.current().name().equals(revision(pod))) {
                    delete(pod, steps);
                    return;
                }
                if (!available(pod)) {
                    return;
                }
            }
        }

        Step status() {
            var pods = List.copyOf(byOrdinal.values());
            var seconds = set.spec().minReadySeconds();
            var live = pods.stream().filter(pod -> !pod.deleting()).toList();
            var updated = of(live, history.current());
            var ready = count(pods.stream().filter(Pods::ready));
            var all = end - first;
            var done = updated == all && ready == all && pods.size() == all;
            var status =
                    Edit.of(set.status())
                            .set(StatefulSetStatus::observedGeneration, set.metadata().generation())
                            .set(StatefulSetStatus::replicas, pods.size())
                            .set(StatefulSetStatus::readyReplicas, ready)
                            .set(
                                    StatefulSetStatus::availableReplicas,
                                    count(
                                            pods.stream()
                                                    .filter(pod ->
                                                            Pods.available(
                                                                    pod, seconds, view.now()))))
                            .set(StatefulSetStatus::updatedReplicas, updated)
                            .set(
                                    StatefulSetStatus::currentReplicas,
                                    done ? updated : of(live, current))
                            .set(
                                    StatefulSetStatus::currentRevision,
                                    done ? history.current().name() : current.name())
                            .set(StatefulSetStatus::updateRevision, history.current().name())
                            .done();
            return Step.updateStatus(Edit.with(set, StatefulSet::status, status));
        }

        List<Step> tidy() {
            var used =
                    Stream.concat(
                                    byOrdinal.values().stream().map(Run::revision),
                                    Stream.of(current.name()))
                            .collect(Collectors.toSet());
            var hashes =
                    history.old().stream()
                            .filter(revision -> used.contains(revision.name()))
                            .map(History::hash)
                            .collect(Collectors.toSet());
            return history.tidy(set.spec().revisionHistoryLimit(), hashes);
        }

        private void create(int ordinal, List<Step> steps) {
            var pod = StatefulPods.create(set, ordinal, revisionOf(ordinal));
            steps.add(
                    new Step.Announced(
                            Step.create(pod),
                            set,
                            "Create",
                            "create Pod %s in StatefulSet " + set.name() + " successful",
                            "create Pod "
                                    + pod.name()
                                    + " in StatefulSet "
                                    + set.name()
                                    + " failed error: %s"));
        }

        private void delete(Pod pod, List<Step> steps) {
            steps.add(
                    new Step.Announced(
                            Step.delete(pod),
                            set,
                            "Delete",
                            "delete Pod %s in StatefulSet " + set.name() + " successful",
                            "delete Pod "
                                    + pod.name()
                                    + " in StatefulSet "
                                    + set.name()
                                    + " failed error: %s"));
        }

        private Step recreating(Pod pod) {
            var failed = Pods.failed(pod);
            return Step.warning(
                    set,
                    failed ? "RecreatingFailedPod" : "RecreatingTerminatedPod",
                    "StatefulSet "
                            + set.namespace()
                            + "/"
                            + set.name()
                            + " is recreating "
                            + (failed ? "failed" : "terminated")
                            + " Pod "
                            + pod.name());
        }

        /// Pods below the partition keep the template they had.
        private ControllerRevision revisionOf(int ordinal) {
            var rolling = set.spec().updateStrategy().rollingUpdate();
            var kept =
                    rolling == null || rolling.partition() == null
                            ? set.status().currentReplicas()
                            : partition();
            return ordinal < first + kept ? current : history.current();
        }

        private int partition() {
            var rolling = set.spec().updateStrategy().rollingUpdate();
            var partition = rolling == null ? null : rolling.partition();
            return partition == null ? 0 : partition;
        }

        /// The revision that most pods have until an update is complete.
        private ControllerRevision currentRevision() {
            var name = set.status().currentRevision();
            return history.old().stream()
                    .filter(revision -> revision.name().equals(name))
                    .findFirst()
                    .orElse(history.current());
        }

        private List<Pod> condemned() {
            return byOrdinal.descendingMap().entrySet().stream()
                    .filter(entry -> entry.getKey() >= end || entry.getKey() < first)
                    .map(Map.Entry::getValue)
                    .toList();
        }

        private boolean available(@Nullable Pod pod) {
            Instant now = view.now();
            return pod != null
                    && !pod.deleting()
                    && !Pods.terminal(pod)
                    && Pods.available(pod, set.spec().minReadySeconds(), now);
        }

        private static int of(List<Pod> pods, ControllerRevision revision) {
            return count(pods.stream().filter(pod -> revision.name().equals(revision(pod))));
        }

        private static String revision(Pod pod) {
            return pod.metadata().labels().getOrDefault(History.HASH, "");
        }

        private static int count(Stream<Pod> pods) {
            return (int) pods.count();
        }
    }
}
