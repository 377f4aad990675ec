package io.coxswain.api.apps;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.core.pods.PodWarnings;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Names;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "apps",
        version = "v1",
        plural = "statefulsets",
        shortNames = "sts",
        categories = "all")
public record StatefulSet(ObjectMeta metadata, StatefulSetSpec spec, StatefulSetStatus status)
        implements Resource {

    public record StatefulSetSpec(
            @Nullable Integer replicas,
            @Required @Always LabelSelector selector,
            @Required PodTemplateSpec template,
            List<PersistentVolumeClaim> volumeClaimTemplates,
            @Always String serviceName,
            @OneOf({"OrderedReady", "Parallel"}) String podManagementPolicy,
            StatefulSetUpdateStrategy updateStrategy,
            @Nullable Integer revisionHistoryLimit,
            int minReadySeconds,
            @Nullable StatefulSetPersistentVolumeClaimRetentionPolicy
                    persistentVolumeClaimRetentionPolicy,
            @Nullable StatefulSetOrdinals ordinals) {}

    public record StatefulSetUpdateStrategy(
            @OneOf({"OnDelete", "RollingUpdate"}) String type,
            @Nullable RollingUpdateStatefulSetStrategy rollingUpdate) {}

    public record RollingUpdateStatefulSetStrategy(
            @Nullable Integer partition,
            @Nullable @Gate("MaxUnavailableStatefulSet") IntOrString maxUnavailable) {}

    public record StatefulSetPersistentVolumeClaimRetentionPolicy(
            String whenDeleted, String whenScaled) {}

    public record StatefulSetOrdinals(@Always int start) {}

    public record StatefulSetStatus(
            long observedGeneration,
            @Required int replicas,
            int readyReplicas,
            int currentReplicas,
            int updatedReplicas,
            String currentRevision,
            String updateRevision,
            @Nullable Integer collisionCount,
            @ListMap("type") List<StatefulSetCondition> conditions,
            @Always int availableReplicas) {}

    public record StatefulSetCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<StatefulSet> STRATEGY =
            Strategy.<StatefulSet>standard()
                    .reportMetadataAgain()
                    .names(Names.LABEL_NAME)
                    .subresources("status", "scale")
                    .defaults(StatefulSetRules::withDefaults)
                    .validate(StatefulSetRules::create)
                    .validateUpdated(StatefulSetRules::updated)
                    .validateUpdate(StatefulSetRules::update)
                    .validateStatusUpdate(StatefulSetRules::status)
                    .warnings((updated, old) ->
                            PodWarnings.of(
                                    updated.spec().template(),
                                    old == null ? null : old.spec().template()));
}
