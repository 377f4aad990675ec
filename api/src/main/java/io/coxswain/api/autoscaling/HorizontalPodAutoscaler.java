package io.coxswain.api.autoscaling;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
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

    /// Treated as v2 is, in whose terms errors are told.
    public static final Strategy<HorizontalPodAutoscaler> STRATEGY =
            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.STRATEGY.through(
                    AutoscalerConversion.V1);
}
