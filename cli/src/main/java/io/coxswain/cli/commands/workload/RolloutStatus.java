package io.coxswain.cli.commands.workload;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.server.Trees;

/// How far a rollout is.
///
/// @param text one line about it
record RolloutStatus(String text, boolean done) {

    static RolloutStatus of(Json.Obj object, String kind) {
        return switch (kind) {
            case "Deployment" -> deployment(object);
            case "DaemonSet" -> daemonSet(object);
            case "StatefulSet" -> statefulSet(object);
            default -> throw new CliError("no status viewer has been implemented for " + kind);
        };
    }

    private static boolean unseen(Json.Obj object) {
        return Trees.number(object, "metadata.generation", 0)
                > Trees.number(object, "status.observedGeneration", 0);
    }

    private static RolloutStatus waiting(String text) {
        return new RolloutStatus(text, false);
    }

    private static RolloutStatus deployment(Json.Obj object) {
        var name = Trees.name(object);
        if (unseen(object)) {
            return waiting("Waiting for deployment spec update to be observed...");
        }
        for (var condition : Trees.objects(object, "status.conditions")) {
            if (condition.text("type").equals("Progressing")
                    && condition.text("reason").equals("ProgressDeadlineExceeded")) {
                throw new CliError("deployment \"" + name + "\" exceeded its progress deadline");
            }
        }
        var wanted = Trees.number(object, "spec.replicas", 1);
        var all = Trees.number(object, "status.replicas", 0);
        var updated = Trees.number(object, "status.updatedReplicas", 0);
        var available = Trees.number(object, "status.availableReplicas", 0);
        var start = "Waiting for deployment \"" + name + "\" rollout to finish: ";
        if (updated < wanted) {
            return waiting(
                    start + updated + " out of " + wanted + " new replicas have been updated...");
        }
        if (all > updated) {
            return waiting(start + (all - updated) + " old replicas are pending termination...");
        }
        if (available < updated) {
            return waiting(
                    start + available + " of " + updated + " updated replicas are available...");
        }
        return new RolloutStatus("deployment \"" + name + "\" successfully rolled out", true);
    }

    private static RolloutStatus daemonSet(Json.Obj object) {
        var name = Trees.name(object);
        if (!Trees.text(object, "spec.updateStrategy.type").equals("RollingUpdate")) {
            throw new CliError("rollout status is only available for RollingUpdate strategy type");
        }
        if (unseen(object)) {
            return waiting("Waiting for daemon set spec update to be observed...");
        }
        var wanted = Trees.number(object, "status.desiredNumberScheduled", 0);
        var updated = Trees.number(object, "status.updatedNumberScheduled", 0);
        var available = Trees.number(object, "status.numberAvailable", 0);
        var start = "Waiting for daemon set \"" + name + "\" rollout to finish: ";
        if (updated < wanted) {
            return waiting(
                    start + updated + " out of " + wanted + " new pods have been updated...");
        }
        if (available < wanted) {
            return waiting(start + available + " of " + wanted + " updated pods are available...");
        }
        return new RolloutStatus("daemon set \"" + name + "\" successfully rolled out", true);
    }

    private static RolloutStatus statefulSet(Json.Obj object) {
        if (!Trees.text(object, "spec.updateStrategy.type").equals("RollingUpdate")) {
            throw new CliError("rollout status is only available for RollingUpdate strategy type");
        }
        if (unseen(object)) {
            return waiting("Waiting for statefulset spec update to be observed...");
        }
        var wanted = Trees.number(object, "spec.replicas", 1);
        var ready = Trees.number(object, "status.readyReplicas", 0);
        if (ready < wanted) {
            return waiting("Waiting for " + (wanted - ready) + " pods to be ready...");
        }
        var updated = Trees.number(object, "status.updatedReplicas", 0);
        var partition = Trees.number(object, "spec.updateStrategy.rollingUpdate.partition", 0);
        if (partition > 0) {
            return updated < wanted - partition
                    ? waiting(
                            "Waiting for partitioned roll out to finish: "
                                    + updated
                                    + " out of "
                                    + (wanted - partition)
                                    + " new pods have been updated...")
                    : new RolloutStatus(
                            "partitioned roll out complete: "
                                    + updated
                                    + " new pods have been updated...",
                            true);
        }
        var revision = Trees.text(object, "status.updateRevision");
        if (!revision.equals(Trees.text(object, "status.currentRevision"))) {
            return waiting(
                    "waiting for statefulset rolling update to complete "
                            + updated
                            + " pods at revision "
                            + revision
                            + "...");
        }
        return new RolloutStatus(
                "statefulset rolling update complete "
                        + Trees.number(object, "status.currentReplicas", 0)
                        + " pods at revision "
                        + Trees.text(object, "status.currentRevision")
                        + "...",
                true);
    }
}
