package io.coxswain.controllers.deployment;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.Deployment.DeploymentCondition;
import io.coxswain.api.apps.Deployment.DeploymentStatus;
import io.coxswain.api.schema.Edit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The status of a Deployment: counts, and whether it is available, progressing or failing.
record DeploymentConditions(Deployment deployment, ReplicaSets sets, Instant now) {

    static final String PROGRESSING = "Progressing";

    private static final String NEW_AVAILABLE = "NewReplicaSetAvailable";
    private static final String TIMED_OUT = "ProgressDeadlineExceeded";

    /// The status without a word about progress: of a paused Deployment, or one being scaled.
    DeploymentStatus counts() {
        var current = sets.current();
        var available = sets.availableReplicas();
        var status = deployment.status();
        return Edit.of(status)
                .set(DeploymentStatus::observedGeneration, deployment.metadata().generation())
                .set(DeploymentStatus::replicas, sets.statusReplicas())
                .set(
                        DeploymentStatus::updatedReplicas,
                        current == null ? 0 : current.status().replicas())
                .set(DeploymentStatus::readyReplicas, sets.readyReplicas())
                .set(DeploymentStatus::availableReplicas, available)
                .set(
                        DeploymentStatus::unavailableReplicas,
                        Math.max(0, sets.specReplicas() - available))
                .set(
                        DeploymentStatus::conditions,
                        with(status.conditions(), availability(available)))
                .done();
    }

    /// The status of a Deployment that is rolling out, or has.
    DeploymentStatus rollout() {
        var status = counts();
        return Edit.with(
                status,
                DeploymentStatus::conditions,
                failing(progressing(status.conditions(), status)));
    }

    /// The conditions of a Deployment that was paused or resumed, or null when that is known.
    @Nullable DeploymentCondition pauseChange() {
        if (!hasDeadline()) {
            return null;
        }
        var condition = find(PROGRESSING);
        if (condition != null && condition.reason().equals(TIMED_OUT)) {
            return null;
        }
        var saysPaused = condition != null && condition.reason().equals("DeploymentPaused");
        if (deployment.spec().paused() == saysPaused) {
            return null;
        }
        return deployment.spec().paused()
                ? progress("Unknown", "DeploymentPaused", "Deployment is paused")
                : progress("Unknown", "DeploymentResumed", "Deployment is resumed");
    }

    static boolean complete(Deployment deployment, DeploymentStatus status) {
        var replicas = Rollout.replicas(deployment);
        return status.updatedReplicas() == replicas
                && status.replicas() == replicas
                && status.availableReplicas() == replicas
                && status.observedGeneration() >= deployment.metadata().generation();
    }

    /// When the deadline passes if nothing moves until then; null when there is nothing to wait
    /// for.
    @Nullable Duration untilDeadline(DeploymentStatus status) {
        var condition = find(status.conditions(), PROGRESSING);
        var seconds = deployment.spec().progressDeadlineSeconds();
        if (!hasDeadline()
                || seconds == null
                || condition == null
                || complete(deployment, status)
                || condition.reason().equals(TIMED_OUT)
                || condition.reason().equals(NEW_AVAILABLE)) {
            return null;
        }
        var since = condition.lastUpdateTime();
        var deadline = (since == null ? now : since).plusSeconds(seconds + 1L);
        return deadline.isAfter(now) ? Duration.between(now, deadline) : Duration.ofSeconds(1);
    }

    /// The list with this condition; one that says the same already stays as it is.
    static List<DeploymentCondition> with(
            List<DeploymentCondition> conditions, DeploymentCondition fresh) {
        var known = find(conditions, fresh.type());
        if (known != null
                && known.status().equals(fresh.status())
                && known.reason().equals(fresh.reason())) {
            return conditions;
        }
        return replaced(conditions, known == null ? fresh : keepTransition(known, fresh));
    }

    DeploymentCondition progress(String status, String reason, String message) {
        return new DeploymentCondition(PROGRESSING, status, now, now, reason, message);
    }

    private DeploymentCondition availability(int available) {
        return available >= new Rollout(deployment, sets).minAvailable()
                ? new DeploymentCondition(
                        "Available",
                        "True",
                        now,
                        now,
                        "MinimumReplicasAvailable",
                        "Deployment has minimum availability.")
                : new DeploymentCondition(
                        "Available",
                        "False",
                        now,
                        now,
                        "MinimumReplicasUnavailable",
                        "Deployment does not have minimum availability.");
    }

    private List<DeploymentCondition> progressing(
            List<DeploymentCondition> conditions, DeploymentStatus status) {
        if (!hasDeadline()) {
            return without(conditions, PROGRESSING);
        }
        var known = find(PROGRESSING);
        if (status.replicas() == status.updatedReplicas()
                && known != null
                && known.reason().equals(NEW_AVAILABLE)) {
            return conditions;
        }
        var current = sets.current();
        var who =
                current == null
                        ? "Deployment \"" + deployment.name() + "\""
                        : "ReplicaSet \"" + current.name() + "\"";
        if (complete(deployment, status)) {
            return with(
                    conditions,
                    progress("True", NEW_AVAILABLE, who + " has successfully progressed."));
        }
        if (moved(status)) {
            var fresh = progress("True", "ReplicaSetUpdated", who + " is progressing.");
            return replaced(conditions, known == null ? fresh : keepTransition(known, fresh));
        }
        return timedOut(known)
                ? with(
                        conditions,
                        progress("False", TIMED_OUT, who + " has timed out progressing."))
                : conditions;
    }

    private List<DeploymentCondition> failing(List<DeploymentCondition> conditions) {
        var failed =
                sets.all()
                        .sorted((one, other) ->
                                Boolean.compare(
                                        other.equals(sets.current()), one.equals(sets.current())))
                        .flatMap(set -> set.status().conditions().stream())
                        .filter(condition -> condition.type().equals("ReplicaFailure"))
                        .findFirst();
        if (failed.isEmpty()) {
            return without(conditions, "ReplicaFailure");
        }
        var it = failed.get();
        return with(
                conditions,
                new DeploymentCondition(
                        "ReplicaFailure", it.status(), now, now, it.reason(), it.message()));
    }

    /// More new or ready pods, or fewer old ones, than the last status said.
    private boolean moved(DeploymentStatus status) {
        var before = deployment.status();
        return status.updatedReplicas() > before.updatedReplicas()
                || status.replicas() - status.updatedReplicas()
                        < before.replicas() - before.updatedReplicas()
                || status.readyReplicas() > before.readyReplicas()
                || status.availableReplicas() > before.availableReplicas();
    }

    private boolean timedOut(@Nullable DeploymentCondition condition) {
        var seconds = deployment.spec().progressDeadlineSeconds();
        if (condition == null || seconds == null || condition.reason().equals(NEW_AVAILABLE)) {
            return false;
        }
        var since = condition.lastUpdateTime();
        return condition.reason().equals(TIMED_OUT)
                || (since != null && since.plusSeconds(seconds).isBefore(now));
    }

    private boolean hasDeadline() {
        var seconds = deployment.spec().progressDeadlineSeconds();
        return seconds != null && seconds != Integer.MAX_VALUE;
    }

    @Nullable DeploymentCondition find(String type) {
        return find(deployment.status().conditions(), type);
    }

    private static @Nullable DeploymentCondition find(
            List<DeploymentCondition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    private static DeploymentCondition keepTransition(
            DeploymentCondition known, DeploymentCondition fresh) {
        return known.status().equals(fresh.status())
                ? Edit.with(
                        fresh, DeploymentCondition::lastTransitionTime, known.lastTransitionTime())
                : fresh;
    }

    private static List<DeploymentCondition> replaced(
            List<DeploymentCondition> conditions, DeploymentCondition fresh) {
        var all = new ArrayList<>(without(conditions, fresh.type()));
        all.add(fresh);
        return List.copyOf(all);
    }

    private static List<DeploymentCondition> without(
            List<DeploymentCondition> conditions, String type) {
        return conditions.stream().filter(condition -> !condition.type().equals(type)).toList();
    }
}
