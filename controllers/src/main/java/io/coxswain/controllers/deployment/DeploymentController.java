package io.coxswain.controllers.deployment;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.Deployment.DeploymentStatus;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.Patch;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Selection;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Claims;
import io.coxswain.controllers.pods.Owners;
import io.coxswain.controllers.pods.Pods;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Rolls a Deployment from one pod template to the next.
///
/// Each round either changes sizes or, when there is nothing to change, tidies up; both end with
/// the status. The pods move by way of the ReplicaSets, whose own controller makes and deletes
/// them.
public final class DeploymentController implements Controller<Deployment> {

    private static final Comparator<ReplicaSet> BY_REVISION =
            Comparator.comparingLong(Revisions::of).thenComparing(ReplicaSet::name);

    @Override
    public Plan reconcile(Deployment deployment, View view) {
        if (Selection.of(deployment.spec().selector()).empty()) {
            return selectsAll(deployment);
        }
        var claims =
                Claims.of(
                        deployment,
                        deployment.spec().selector(),
                        ReplicaSet.class,
                        view,
                        set -> true);
        var sets = ReplicaSets.of(deployment, claims.owned());
        var conditions = new DeploymentConditions(deployment, sets, view.now());
        var plan = Plan.of(claims.steps().stream());
        if (deployment.deleting()) {
            return plan.then(status(deployment, conditions.counts()));
        }
        var pause = conditions.pauseChange();
        if (pause != null) {
            var status =
                    Edit.of(conditions.counts())
                            .change(
                                    DeploymentStatus::conditions,
                                    known -> DeploymentConditions.with(known, pause))
                            .done();
            return plan.then(status(deployment, status));
        }
        if (deployment.spec().paused() || scaling(deployment, sets)) {
            return plan.then(scale(deployment, sets, conditions));
        }
        return plan.then(
                Rollout.rolling(deployment)
                        ? roll(deployment, sets, conditions, view)
                        : recreate(deployment, sets, conditions, view));
    }

    private static Plan selectsAll(Deployment deployment) {
        var seen =
                Edit.with(
                        deployment.status(),
                        DeploymentStatus::observedGeneration,
                        deployment.metadata().generation());
        return Plan.of(
                Step.warning(
                        deployment,
                        "SelectingAll",
                        "This deployment is selecting all pods. A non-empty selector is"
                                + " required."),
                status(deployment, seen));
    }

    /// Whether `spec.replicas` changed since the sizes were last given out.
    private static boolean scaling(Deployment deployment, ReplicaSets sets) {
        var replicas = Rollout.replicas(deployment);
        return sets.active().stream()
                .anyMatch(
                        set -> Revisions.remembered(set, Revisions.DESIRED, replicas) != replicas);
    }

    private static Plan scale(
            Deployment deployment, ReplicaSets sets, DeploymentConditions conditions) {
        var rollout = new Rollout(deployment, sets);
        return resize(deployment, rollout, rollout.scaled())
                .then(remember(deployment, sets, rollout))
                .then(status(deployment, conditions.counts()));
    }

    private static Plan roll(
            Deployment deployment, ReplicaSets sets, DeploymentConditions conditions, View view) {
        var current = sets.current();
        if (current == null) {
            return create(deployment, sets, conditions, view);
        }
        var rollout = new Rollout(deployment, sets);
        var size = rollout.current();
        if (size != ReplicaSets.size(current)) {
            return resize(deployment, rollout, Map.of(current, size))
                    .then(end(deployment, conditions));
        }
        return revise(deployment, sets)
                .then(resize(deployment, rollout, rollout.shrunkOld()))
                .then(tidyWhenComplete(deployment, sets, conditions))
                .then(end(deployment, conditions));
    }

    private static Plan recreate(
            Deployment deployment, ReplicaSets sets, DeploymentConditions conditions, View view) {
        var rollout = new Rollout(deployment, sets);
        var oldActive = sets.oldActive();
        if (!oldActive.isEmpty()) {
            var sizes = new LinkedHashMap<ReplicaSet, Integer>();
            oldActive.forEach(set -> sizes.put(set, 0));
            return resize(deployment, rollout, sizes).then(end(deployment, conditions));
        }
        if (oldPodsRun(sets, view)) {
            return end(deployment, conditions);
        }
        var current = sets.current();
        if (current == null) {
            return create(deployment, sets, conditions, view);
        }
        return revise(deployment, sets)
                .then(
                        ReplicaSets.size(current) == rollout.current()
                                ? Plan.NOTHING
                                : resize(deployment, rollout, Map.of(current, rollout.current())))
                .then(tidyWhenComplete(deployment, sets, conditions))
                .then(end(deployment, conditions));
    }

    private static boolean oldPodsRun(ReplicaSets sets, View view) {
        return sets.old().stream()
                .anyMatch(set ->
                        set.status().replicas() > 0
                                || view.owned(set, Pod.class).anyMatch(pod -> !Pods.terminal(pod)));
    }

    /// The ReplicaSet of today's template. Its name is made from the template; should another
    /// object have the name, counting the collision leads to another one.
    private static Plan create(
            Deployment deployment, ReplicaSets sets, DeploymentConditions conditions, View view) {
        var revision = Revisions.next(sets);
        var empty = Revisions.create(deployment, revision);
        if (view.find(ReplicaSet.class, empty.namespace(), empty.name()) != null) {
            return Plan.of(status(deployment, collided(deployment)));
        }
        var rollout = new Rollout(deployment, sets.with(empty));
        var size = rollout.current();
        var created = Revisions.sized(empty, size, Rollout.replicas(deployment), rollout.max());
        var progress =
                conditions.progress(
                        "True",
                        "NewReplicaSetCreated",
                        "Created new replica set \"" + created.name() + "\"");
        var plan = refused(deployment, conditions, view).then(Step.create(created));
        if (size > 0) {
            plan = plan.then(scaled(deployment, created, 0, size));
        }
        return plan.then(status(deployment, with(conditions.rollout(), progress)))
                .then(number(deployment, revision));
    }

    private static DeploymentStatus collided(Deployment deployment) {
        var count = deployment.status().collisionCount();
        return Edit.with(
                deployment.status(),
                DeploymentStatus::collisionCount,
                count == null ? 1 : count + 1);
    }

    /// Says that the server would not have the new ReplicaSet a moment ago.
    private static Plan refused(Deployment deployment, DeploymentConditions conditions, View view) {
        var failure = view.failure();
        if (failure == null
                || !(failure.step() instanceof Step.Create(ReplicaSet set, var tolerate))) {
            return Plan.NOTHING;
        }
        var message =
                "Failed to create new replica set \""
                        + set.name()
                        + "\": "
                        + failure.error().getMessage();
        var progress = conditions.progress("False", "ReplicaSetCreateError", message);
        return Plan.of(
                Step.warning(deployment, "ReplicaSetCreateError", message),
                status(deployment, with(conditions.counts(), progress)));
    }

    /// Brings annotations and `minReadySeconds` of today's ReplicaSet up to date.
    private static Plan revise(Deployment deployment, ReplicaSets sets) {
        var current = Objects.requireNonNull(sets.current());
        var revised = Revisions.annotate(deployment, current, Revisions.next(sets));
        revised =
                Edit.with(
                        revised,
                        ReplicaSet::spec,
                        Edit.with(
                                revised.spec(),
                                ReplicaSet.ReplicaSetSpec::minReadySeconds,
                                deployment.spec().minReadySeconds()));
        return revised.equals(current) ? Plan.NOTHING : Plan.of(Step.update(revised));
    }

    private static Plan resize(
            Deployment deployment, Rollout rollout, Map<ReplicaSet, Integer> sizes) {
        var steps = new ArrayList<Step>();
        sizes.forEach((set, size) -> {
            var sized = Revisions.sized(set, size, Rollout.replicas(deployment), rollout.max());
            if (!sized.equals(set)) {
                steps.add(Step.update(sized));
            }
        });
        var told =
                sizes.entrySet().stream()
                        .filter(entry -> ReplicaSets.size(entry.getKey()) != entry.getValue())
                        .map(entry ->
                                scaled(
                                        deployment,
                                        entry.getKey(),
                                        ReplicaSets.size(entry.getKey()),
                                        entry.getValue()));
        return Plan.of(steps.stream()).then(Plan.of(told));
    }

    /// Writes the new total into ReplicaSets whose size is right already.
    private static Plan remember(Deployment deployment, ReplicaSets sets, Rollout rollout) {
        var sizes = rollout.scaled();
        var steps =
                sets.active().stream()
                        .filter(set -> !sizes.containsKey(set))
                        .flatMap(set -> {
                            var sized =
                                    Revisions.sized(
                                            set,
                                            ReplicaSets.size(set),
                                            Rollout.replicas(deployment),
                                            rollout.max());
                            return sized.equals(set) ? Stream.of() : Stream.of(Step.update(sized));
                        });
        return Plan.of(steps);
    }

    private static Step scaled(Deployment deployment, ReplicaSet set, int from, int to) {
        return Step.event(
                deployment,
                "ScalingReplicaSet",
                "Scaled "
                        + (to > from ? "up" : "down")
                        + " replica set "
                        + set.name()
                        + " from "
                        + from
                        + " to "
                        + to);
    }

    /// The Deployment carries the number of its newest revision. Written beside the status, as
    /// annotations count as a new generation elsewhere.
    private static Plan number(Deployment deployment, long revision) {
        var number = Long.toString(revision);
        if (number.equals(deployment.metadata().annotations().get(Revisions.REVISION))) {
            return Plan.NOTHING;
        }
        var annotations = Json.object(Map.of(Revisions.REVISION, Json.of(number)));
        var metadata = Json.object(Map.of("annotations", annotations));
        return Plan.of(
                new Step.PatchObject(
                        Deployment.class,
                        deployment.namespace(),
                        deployment.name(),
                        Patch.merge(Json.object(Map.of("metadata", metadata))).on("status")));
    }

    /// Deletes the oldest ReplicaSets beyond the history that is to be kept.
    private static Plan tidyWhenComplete(
            Deployment deployment, ReplicaSets sets, DeploymentConditions conditions) {
        var limit = deployment.spec().revisionHistoryLimit();
        if (limit == null
                || limit == Integer.MAX_VALUE
                || !DeploymentConditions.complete(deployment, conditions.counts())) {
            return Plan.NOTHING;
        }
        var alive = sets.old().stream().filter(set -> !set.deleting()).toList();
        return Plan.of(
                alive.stream()
                        .sorted(BY_REVISION)
                        .limit(Math.max(0, alive.size() - limit))
                        .filter(DeploymentController::unused)
                        .map(Step::delete));
    }

    private static boolean unused(ReplicaSet set) {
        return set.status().replicas() == 0
                && ReplicaSets.size(set) == 0
                && set.metadata().generation() <= set.status().observedGeneration();
    }

    private static Plan end(Deployment deployment, DeploymentConditions conditions) {
        var status = conditions.rollout();
        var plan = Plan.of(status(deployment, status));
        var sets = conditions.sets();
        var current = sets.current();
        if (current != null) {
            var revision = Math.max(Revisions.of(current), Revisions.next(sets));
            plan = plan.then(number(deployment, revision));
        }
        var wait = conditions.untilDeadline(status);
        return wait == null ? plan : plan.again(wait);
    }

    private static DeploymentStatus with(
            DeploymentStatus status, Deployment.DeploymentCondition condition) {
        return Edit.of(status)
                .change(
                        DeploymentStatus::conditions,
                        known -> DeploymentConditions.with(known, condition))
                .done();
    }

    private static Step status(Deployment deployment, DeploymentStatus status) {
        return Step.updateStatus(Edit.with(deployment, Deployment::status, status));
    }

    /// The label selector by which a Deployment claims ReplicaSets.
    public static LabelSelector selector(Deployment deployment) {
        return deployment.spec().selector();
    }

    /// A pod wakes the Deployment of its ReplicaSet: `Recreate` waits for old pods to go.
    public static Stream<NamespacedName> ofPod(Pod pod, View view) {
        var owner = Owners.controller(pod);
        if (owner == null || !owner.kind().equals("ReplicaSet")) {
            return Stream.of();
        }
        var set = view.find(ReplicaSet.class, pod.namespace(), owner.name());
        var deployment = set == null ? null : Owners.controller(set);
        return deployment == null
                ? Stream.of()
                : Stream.of(new NamespacedName(pod.namespace(), deployment.name()));
    }
}
