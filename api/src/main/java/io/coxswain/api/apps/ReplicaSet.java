package io.coxswain.api.apps;

import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.core.pods.PodWarnings;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(group = "apps", version = "v1", plural = "replicasets", shortNames = "rs", categories = "all")
public record ReplicaSet(ObjectMeta metadata, ReplicaSetSpec spec, ReplicaSetStatus status)
        implements Resource {

    public record ReplicaSetSpec(
            @Nullable Integer replicas,
            int minReadySeconds,
            @Required @Always LabelSelector selector,
            PodTemplateSpec template) {}

    public record ReplicaSetStatus(
            @Required int replicas,
            int fullyLabeledReplicas,
            int readyReplicas,
            int availableReplicas,
            @Nullable Integer terminatingReplicas,
            long observedGeneration,
            @ListMap("type") List<ReplicaSetCondition> conditions) {}

    public record ReplicaSetCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<ReplicaSet> STRATEGY =
            Strategy.<ReplicaSet>standard()
                    .subresources("status", "scale")
                    .defaults(ReplicaSetRules::withDefaults)
                    .validate(ReplicaSetRules::check)
                    .validateUpdate(ReplicaSetRules::update)
                    .validateStatusUpdate(ReplicaSetRules::status)
                    .warnings((updated, old) ->
                            PodWarnings.of(
                                    updated.spec().template(),
                                    old == null ? null : old.spec().template()));
}
