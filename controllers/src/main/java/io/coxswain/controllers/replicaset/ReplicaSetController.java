package io.coxswain.controllers.replicaset;

import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.ReplicaSet.ReplicaSetCondition;
import io.coxswain.api.apps.ReplicaSet.ReplicaSetStatus;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Claims;
import io.coxswain.controllers.pods.Owners;
import io.coxswain.controllers.pods.Pods;
import io.coxswain.controllers.pods.Templates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Keeps as many pods running as a ReplicaSet asks for.
///
/// Nothing is created or deleted here: a plan only says what should happen. The runtime carries it
/// out and leaves this ReplicaSet alone until the view has caught up with those writes, so a pod
/// is never counted as missing twice.
public final class ReplicaSetController implements Controller<ReplicaSet> {

    /// One round touches at most this many pods; the next round continues where it stopped.
    private static final int PODS_PER_ROUND_MAX = 500;

    @Override
    public Plan reconcile(ReplicaSet set, View view) {
        var claims =
                Claims.of(set, set.spec().selector(), Pod.class, view, pod -> !Pods.terminal(pod));
        var pods = claims.owned().stream().filter(Pods::active).toList();
        var steps = set.deleting() ? List.<Step>of() : scale(set, pods, view);
        var status = status(set, pods, view);

        var plan = Plan.of(claims.steps().stream());
        // What failed a moment ago may fail again, and then nothing behind it is performed.
        plan =
                view.failure() == null
                        ? plan.then(Plan.of(steps.stream())).then(status)
                        : plan.then(status).then(Plan.of(steps.stream()));
        var wait = nextAvailable(set, pods, view.now());
        return wait == null ? plan : plan.again(wait);
    }

    private static List<Step> scale(ReplicaSet set, List<Pod> pods, View view) {
        var missing = replicas(set) - pods.size();
        if (missing >= 0) {
            var template = set.spec().template();
            return Stream.generate(() -> Step.createPod(set, Templates.pod(template, set)))
                    .limit(Math.min(missing, PODS_PER_ROUND_MAX))
                    .toList();
        }
        return new DeletionOrder(relatedPods(set, view), view.now())
                .first(pods, Math.min(-missing, PODS_PER_ROUND_MAX)).stream()
                        .map(pod -> Step.deletePod(set, pod))
                        .toList();
    }

    /// The pods of all ReplicaSets that the same Deployment controls.
    private static Stream<Pod> relatedPods(ReplicaSet set, View view) {
        var owner = Owners.controller(set);
        var sets =
                owner == null
                        ? Stream.of(set)
                        : view.in(ReplicaSet.class, set.namespace())
                                .filter(other -> {
                                    var its = Owners.controller(other);
                                    return its != null && its.uid().equals(owner.uid());
                                });
        return sets.flatMap(other -> view.owned(other, Pod.class));
    }

    private static Step status(ReplicaSet set, List<Pod> pods, View view) {
        var wanted = set.spec().template().metadata().labels().entrySet();
        var minReady = set.spec().minReadySeconds();
        var status =
                Edit.of(set.status())
                        .set(ReplicaSetStatus::replicas, pods.size())
                        .set(
                                ReplicaSetStatus::fullyLabeledReplicas,
                                count(
                                        pods.stream()
                                                .filter(pod ->
                                                        pod.metadata()
                                                                .labels()
                                                                .entrySet()
                                                                .containsAll(wanted))))
                        .set(
                                ReplicaSetStatus::readyReplicas,
                                count(pods.stream().filter(Pods::ready)))
                        .set(
                                ReplicaSetStatus::availableReplicas,
                                count(
                                        pods.stream()
                                                .filter(pod ->
                                                        Pods.available(pod, minReady, view.now()))))
                        .set(ReplicaSetStatus::observedGeneration, set.metadata().generation())
                        .set(ReplicaSetStatus::conditions, conditions(set, view))
                        .done();
        return Step.updateStatus(Edit.with(set, ReplicaSet::status, status));
    }

    private static List<ReplicaSetCondition> conditions(ReplicaSet set, View view) {
        var conditions = new ArrayList<>(set.status().conditions());
        var failure = failedPod(view);
        if (failure == null) {
            conditions.removeIf(condition -> condition.type().equals("ReplicaFailure"));
            return List.copyOf(conditions);
        }
        if (conditions.stream().noneMatch(condition -> condition.type().equals("ReplicaFailure"))) {
            conditions.add(failure);
        }
        return List.copyOf(conditions);
    }

    /// What to say about the pod that could not be created or deleted just now.
    private static @Nullable ReplicaSetCondition failedPod(View view) {
        var failure = view.failure();
        if (failure == null || !(failure.step() instanceof Step.Announced announced)) {
            return null;
        }
        return new ReplicaSetCondition(
                "ReplicaFailure",
                "True",
                view.now(),
                "Failed" + announced.what(),
                Objects.requireNonNullElse(failure.error().getMessage(), ""));
    }

    /// When the next ready pod becomes available.
    private static @Nullable Duration nextAvailable(ReplicaSet set, List<Pod> pods, Instant now) {
        return pods.stream()
                .map(pod -> Pods.untilAvailable(pod, set.spec().minReadySeconds(), now))
                .filter(Objects::nonNull)
                .min(Duration::compareTo)
                .orElse(null);
    }

    private static int replicas(ReplicaSet set) {
        var replicas = set.spec().replicas();
        return replicas == null ? 1 : replicas;
    }

    private static int count(Stream<Pod> pods) {
        return (int) pods.count();
    }
}
