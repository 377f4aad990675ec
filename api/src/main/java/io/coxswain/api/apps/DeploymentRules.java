package io.coxswain.api.apps;

import io.coxswain.api.apps.Deployment.DeploymentSpec;
import io.coxswain.api.apps.Deployment.DeploymentStrategy;
import io.coxswain.api.apps.Deployment.RollingUpdateDeployment;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.TemplateValidation;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of Deployments.
final class DeploymentRules {

    private static final IntOrString QUARTER = IntOrString.of("25%");
    private static final int REVISIONS = 10;
    private static final int DEADLINE_SECONDS = 600;

    private DeploymentRules() {}

    static Deployment withDefaults(Deployment deployment) {
        var spec = deployment.spec();
        return Edit.with(
                deployment,
                Deployment::spec,
                Edit.of(spec)
                        .set(
                                DeploymentSpec::replicas,
                                Objects.requireNonNullElse(spec.replicas(), 1))
                        .set(DeploymentSpec::strategy, strategy(spec.strategy()))
                        .set(
                                DeploymentSpec::revisionHistoryLimit,
                                Objects.requireNonNullElse(spec.revisionHistoryLimit(), REVISIONS))
                        .set(
                                DeploymentSpec::progressDeadlineSeconds,
                                Objects.requireNonNullElse(
                                        spec.progressDeadlineSeconds(), DEADLINE_SECONDS))
                        .set(DeploymentSpec::template, PodDefaults.template(spec.template()))
                        .done());
    }

    static void check(Deployment deployment, FieldErrors all) {
        var spec = deployment.spec();
        var errors = all.at("spec");
        Values.nonNegative(spec.replicas(), errors.at("replicas"));
        TemplateValidation.forPodsThatStay(spec.selector(), spec.template(), "Deployment", errors);
        strategy(spec.strategy(), errors.at("strategy"));
        Values.nonNegative(spec.minReadySeconds(), errors.at("minReadySeconds"));
        Values.nonNegative(spec.revisionHistoryLimit(), errors.at("revisionHistoryLimit"));
        var deadline = spec.progressDeadlineSeconds();
        Values.nonNegative(deadline, errors.at("progressDeadlineSeconds"));
        if (deadline != null && deadline <= spec.minReadySeconds()) {
            errors.at("progressDeadlineSeconds")
                    .invalid(deadline, "must be greater than minReadySeconds");
        }
    }

    static void update(Deployment old, Deployment updated, FieldErrors errors) {
        Values.immutable(
                old.spec().selector(), updated.spec().selector(), errors.at("spec").at("selector"));
    }

    static void status(Deployment old, Deployment updated, FieldErrors all) {
        var status = updated.status();
        var errors = all.at("status");
        Values.nonNegative(status.observedGeneration(), errors.at("observedGeneration"));
        Values.nonNegative(status.replicas(), errors.at("replicas"));
        Values.nonNegative(status.updatedReplicas(), errors.at("updatedReplicas"));
        Values.nonNegative(status.readyReplicas(), errors.at("readyReplicas"));
        Values.nonNegative(status.availableReplicas(), errors.at("availableReplicas"));
        Values.nonNegative(status.unavailableReplicas(), errors.at("unavailableReplicas"));
        Values.nonNegative(status.terminatingReplicas(), errors.at("terminatingReplicas"));
        ReplicaCounts.neverDecremented(
                old.status().collisionCount(),
                status.collisionCount(),
                errors.at("collisionCount"));
        var counts = new ReplicaCounts(status.replicas(), errors);
        counts.within(status.updatedReplicas(), "updatedReplicas");
        counts.within(status.readyReplicas(), "readyReplicas");
        counts.within(status.availableReplicas(), "availableReplicas");
        counts.availableIfReady(status.availableReplicas(), status.readyReplicas());
    }

    private static DeploymentStrategy strategy(DeploymentStrategy strategy) {
        var type = strategy.type().isEmpty() ? "RollingUpdate" : strategy.type();
        if (!type.equals("RollingUpdate")) {
            return strategy;
        }
        var rolling = strategy.rollingUpdate();
        return new DeploymentStrategy(
                type,
                rolling == null
                        ? new RollingUpdateDeployment(QUARTER, QUARTER)
                        : new RollingUpdateDeployment(
                                Objects.requireNonNullElse(rolling.maxUnavailable(), QUARTER),
                                Objects.requireNonNullElse(rolling.maxSurge(), QUARTER)));
    }

    private static void strategy(DeploymentStrategy strategy, FieldErrors errors) {
        switch (strategy.type()) {
            case "Recreate" -> {
                if (strategy.rollingUpdate() != null) {
                    errors.at("rollingUpdate")
                            .forbidden("may not be specified when strategy `type` is 'Recreate'");
                }
            }
            case "RollingUpdate" -> rolling(strategy.rollingUpdate(), errors.at("rollingUpdate"));
            default ->
                    errors.at("type")
                            .notSupported(strategy.type(), List.of("Recreate", "RollingUpdate"));
        }
    }

    private static void rolling(@Nullable RollingUpdateDeployment rolling, FieldErrors errors) {
        if (rolling == null) {
            errors.required("this should be defaulted and never be nil");
            return;
        }
        var unavailable = rolling.maxUnavailable();
        var surge = rolling.maxSurge();
        Values.part(unavailable, errors.at("maxUnavailable"));
        Values.countOrPercent(surge, errors.at("maxSurge"));
        if (Values.countOrPercent(unavailable) == 0 && Values.countOrPercent(surge) == 0) {
            errors.at("maxUnavailable").invalid(unavailable, "may not be 0 when `maxSurge` is 0");
        }
    }
}
