package io.coxswain.api.flowcontrol;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "flowcontrol.apiserver.k8s.io",
        version = "v1",
        plural = "prioritylevelconfigurations",
        scope = Scope.CLUSTER)
public record PriorityLevelConfiguration(
        ObjectMeta metadata,
        PriorityLevelConfigurationSpec spec,
        PriorityLevelConfigurationStatus status)
        implements Resource {

    public record PriorityLevelConfigurationSpec(
            @Required String type,
            @Nullable LimitedPriorityLevelConfiguration limited,
            @Nullable ExemptPriorityLevelConfiguration exempt) {}

    public record LimitedPriorityLevelConfiguration(
            @Nullable @Always Integer nominalConcurrencyShares,
            LimitResponse limitResponse,
            @Nullable Integer lendablePercent,
            @Nullable Integer borrowingLimitPercent) {}

    public record LimitResponse(@Required String type, @Nullable QueuingConfiguration queuing) {}

    public record QueuingConfiguration(
            @Always int queues, @Always int handSize, @Always int queueLengthLimit) {}

    public record ExemptPriorityLevelConfiguration(
            @Nullable Integer nominalConcurrencyShares, @Nullable Integer lendablePercent) {}

    public record PriorityLevelConfigurationStatus(
            @ListMap("type") List<PriorityLevelConfigurationCondition> conditions) {}

    public record PriorityLevelConfigurationCondition(
            String type,
            String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<PriorityLevelConfiguration> STRATEGY =
            Strategy.<PriorityLevelConfiguration>standard()
                    .subresources("status")
                    .defaults(FlowControlRules::withDefaults)
                    .validate(PriorityLevelRules::check);
}
