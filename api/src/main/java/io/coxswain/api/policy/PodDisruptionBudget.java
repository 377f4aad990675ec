package io.coxswain.api.policy;

import io.coxswain.api.meta.Condition;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.PatchStrategy;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "policy", version = "v1", plural = "poddisruptionbudgets", shortNames = "pdb")
public record PodDisruptionBudget(
        ObjectMeta metadata, PodDisruptionBudgetSpec spec, PodDisruptionBudgetStatus status)
        implements Resource {

    public record PodDisruptionBudgetSpec(
            @Nullable IntOrString minAvailable,
            @Nullable @PatchStrategy("replace") LabelSelector selector,
            @Nullable IntOrString maxUnavailable,
            @Nullable @OneOf({"AlwaysAllow", "IfHealthyBudget"})
                    String unhealthyPodEvictionPolicy) {}

    public record PodDisruptionBudgetStatus(
            long observedGeneration,
            Map<String, Instant> disruptedPods,
            @Always int disruptionsAllowed,
            @Always int currentHealthy,
            @Always int desiredHealthy,
            @Always int expectedPods,
            @ListMap("type") List<Condition> conditions) {}

    public static final Strategy<PodDisruptionBudget> STRATEGY =
            Strategy.<PodDisruptionBudget>standard()
                    .names((name, prefix) -> List.of())
                    .reportMetadataOnce()
                    .subresources("status")
                    .validate(BudgetRules::check)
                    .validateStatusUpdate(BudgetRules::status);
}
