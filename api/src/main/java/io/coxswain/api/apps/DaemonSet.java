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
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(group = "apps", version = "v1", plural = "daemonsets", shortNames = "ds", categories = "all")
public record DaemonSet(ObjectMeta metadata, DaemonSetSpec spec, DaemonSetStatus status)
        implements Resource {

    public record DaemonSetSpec(
            @Required @Always LabelSelector selector,
            @Required PodTemplateSpec template,
            DaemonSetUpdateStrategy updateStrategy,
            int minReadySeconds,
            @Nullable Integer revisionHistoryLimit) {}

    public record DaemonSetUpdateStrategy(
            @OneOf({"OnDelete", "RollingUpdate"}) String type,
            @Nullable RollingUpdateDaemonSet rollingUpdate) {}

    public record RollingUpdateDaemonSet(
            @Nullable IntOrString maxUnavailable, @Nullable IntOrString maxSurge) {}

    public record DaemonSetStatus(
            @Required int currentNumberScheduled,
            @Required int numberMisscheduled,
            @Required int desiredNumberScheduled,
            @Required int numberReady,
            long observedGeneration,
            int updatedNumberScheduled,
            int numberAvailable,
            int numberUnavailable,
            @Nullable Integer collisionCount,
            @ListMap("type") List<DaemonSetCondition> conditions) {}

    public record DaemonSetCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<DaemonSet> STRATEGY =
            Strategy.<DaemonSet>standard()
                    .subresources("status")
                    .defaults(DaemonSetRules::withDefaults)
                    .beforeCreate(set -> DaemonSetRules.withTemplateGeneration(set, 1))
                    .beforeUpdate(DaemonSetRules::countTemplates)
                    .validate(DaemonSetRules::check)
                    .validateUpdate(DaemonSetRules::update)
                    .validateStatusUpdate(DaemonSetRules::status)
                    .warnings((updated, old) ->
                            PodWarnings.of(
                                    updated.spec().template(),
                                    old == null ? null : old.spec().template()));
}
