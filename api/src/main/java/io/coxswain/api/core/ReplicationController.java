package io.coxswain.api.core;

import io.coxswain.api.core.rules.ReplicationControllerRules;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Default;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "replicationcontrollers", shortNames = "rc", categories = "all")
public record ReplicationController(
        ObjectMeta metadata, ReplicationControllerSpec spec, ReplicationControllerStatus status)
        implements Resource {

    public record ReplicationControllerSpec(
            @Nullable @Default("1") Integer replicas,
            int minReadySeconds,
            @Atomic Map<String, String> selector,
            @Nullable PodTemplateSpec template) {}

    public record ReplicationControllerStatus(
            @Required int replicas,
            int fullyLabeledReplicas,
            int readyReplicas,
            int availableReplicas,
            long observedGeneration,
            @ListMap("type") List<ReplicationControllerCondition> conditions) {}

    public record ReplicationControllerCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<ReplicationController> STRATEGY =
            Strategy.<ReplicationController>standard()
                    .orphanDependents("")
                    .subresources("status", "scale")
                    .defaults(ReplicationControllerRules::withDefaults)
                    .validate(ReplicationControllerRules::check)
                    .validateStatusUpdate(ReplicationControllerRules::status)
                    .fields(controller ->
                            Map.of(
                                    "status.replicas",
                                    Integer.toString(controller.status().replicas())));
}
