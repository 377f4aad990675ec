package io.coxswain.api.autoscaling;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "autoscaling",
        version = "v1",
        plural = "horizontalpodautoscalers",
        shortNames = "hpa",
        categories = "all")
public record HorizontalPodAutoscaler(
        ObjectMeta metadata,
        @Required HorizontalPodAutoscalerSpec spec,
        HorizontalPodAutoscalerStatus status)
        implements Resource {

    public record HorizontalPodAutoscalerSpec(
            @Required CrossVersionObjectReference scaleTargetRef,
            @Nullable Integer minReplicas,
            @Required int maxReplicas,
            @Nullable Integer targetCPUUtilizationPercentage) {}

    public record HorizontalPodAutoscalerStatus(
            @Nullable Long observedGeneration,
            @Nullable Instant lastScaleTime,
            @Required int currentReplicas,
            @Required int desiredReplicas,
            @Nullable Integer currentCPUUtilizationPercentage) {}

    public static final Strategy<HorizontalPodAutoscaler> STRATEGY =
            Strategy.<HorizontalPodAutoscaler>standard()
                    .withoutGeneration()
                    .subresources("status")
                    .defaults(HorizontalPodAutoscaler::withDefaults);

    private static final int CPU_PERCENT = 80;

    private static HorizontalPodAutoscaler withDefaults(HorizontalPodAutoscaler scaler) {
        var spec = scaler.spec();
        var cpu = spec.targetCPUUtilizationPercentage();
        return Edit.with(
                scaler,
                HorizontalPodAutoscaler::spec,
                Edit.of(spec)
                        .set(
                                HorizontalPodAutoscalerSpec::minReplicas,
                                Objects.requireNonNullElse(spec.minReplicas(), 1))
                        .set(
                                HorizontalPodAutoscalerSpec::targetCPUUtilizationPercentage,
                                Objects.requireNonNullElse(cpu, CPU_PERCENT))
                        .done());
    }
}
