package io.coxswain.api.apps;

import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.core.pods.PodWarnings;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.PatchStrategy;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "apps",
        version = "v1",
        plural = "deployments",
        shortNames = "deploy",
        categories = "all")
public record Deployment(ObjectMeta metadata, DeploymentSpec spec, DeploymentStatus status)
        implements Resource {

    public record DeploymentSpec(
            @Nullable Integer replicas,
            @Required @Always LabelSelector selector,
            @Required PodTemplateSpec template,
            @PatchStrategy("retainKeys") DeploymentStrategy strategy,
            int minReadySeconds,
            @Nullable Integer revisionHistoryLimit,
            boolean paused,
            @Nullable Integer progressDeadlineSeconds) {}

    public record DeploymentStrategy(
            @OneOf({"Recreate", "RollingUpdate"}) String type,
            @Nullable RollingUpdateDeployment rollingUpdate) {}

    public record RollingUpdateDeployment(
            @Nullable IntOrString maxUnavailable, @Nullable IntOrString maxSurge) {}

    public record DeploymentStatus(
            long observedGeneration,
            int replicas,
            int updatedReplicas,
            int readyReplicas,
            int availableReplicas,
            int unavailableReplicas,
            @Nullable Integer terminatingReplicas,
            @ListMap("type") List<DeploymentCondition> conditions,
            @Nullable Integer collisionCount) {}

    public record DeploymentCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastUpdateTime,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<Deployment> STRATEGY =
            Strategy.<Deployment>standard()
                    .subresources("status", "scale")
                    .countToo((old, updated) ->
                            !old.metadata().annotations().equals(updated.metadata().annotations()))
                    .defaults(DeploymentRules::withDefaults)
                    .validate(DeploymentRules::check)
                    .validateUpdate(DeploymentRules::update)
                    .validateStatusUpdate(DeploymentRules::status)
                    .warnings((updated, old) ->
                            PodWarnings.of(
                                    updated.spec().template(),
                                    old == null ? null : old.spec().template()));
}
