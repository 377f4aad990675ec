package io.coxswain.api.autoscaling.v2;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "autoscaling",
        version = "v2",
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
            List<MetricSpec> metrics,
            @Nullable HorizontalPodAutoscalerBehavior behavior) {}

    public record CrossVersionObjectReference(
            @Required String kind, @Required String name, String apiVersion) {}

    public record MetricSpec(
            @Required String type,
            @Nullable ObjectMetricSource object,
            @Nullable PodsMetricSource pods,
            @Nullable ResourceMetricSource resource,
            @Nullable ContainerResourceMetricSource containerResource,
            @Nullable ExternalMetricSource external) {}

    public record ObjectMetricSource(
            @Required CrossVersionObjectReference describedObject,
            @Required MetricTarget target,
            @Required MetricIdentifier metric) {}

    public record MetricTarget(
            @Required String type,
            @Nullable Quantity value,
            @Nullable Quantity averageValue,
            @Nullable Integer averageUtilization) {}

    public record MetricIdentifier(@Required String name, @Nullable LabelSelector selector) {}

    public record PodsMetricSource(
            @Required MetricIdentifier metric, @Required MetricTarget target) {}

    public record ResourceMetricSource(@Required String name, @Required MetricTarget target) {}

    public record ContainerResourceMetricSource(
            @Required String name, @Required MetricTarget target, @Required String container) {}

    public record ExternalMetricSource(
            @Required MetricIdentifier metric, @Required MetricTarget target) {}

    public record HorizontalPodAutoscalerBehavior(
            @Nullable HPAScalingRules scaleUp, @Nullable HPAScalingRules scaleDown) {}

    public record HPAScalingRules(
            @Nullable Integer stabilizationWindowSeconds,
            @Nullable String selectPolicy,
            List<HPAScalingPolicy> policies,
            @Nullable @Gate("HPAConfigurableTolerance") Quantity tolerance) {}

    public record HPAScalingPolicy(
            @Required String type, @Required int value, @Required int periodSeconds) {}

    public record HorizontalPodAutoscalerStatus(
            @Nullable Long observedGeneration,
            @Nullable Instant lastScaleTime,
            int currentReplicas,
            @Required int desiredReplicas,
            @Always List<MetricStatus> currentMetrics,
            @ListMap("type") List<HorizontalPodAutoscalerCondition> conditions) {}

    public record MetricStatus(
            @Required String type,
            @Nullable ObjectMetricStatus object,
            @Nullable PodsMetricStatus pods,
            @Nullable ResourceMetricStatus resource,
            @Nullable ContainerResourceMetricStatus containerResource,
            @Nullable ExternalMetricStatus external) {}

    public record ObjectMetricStatus(
            @Required MetricIdentifier metric,
            @Required MetricValueStatus current,
            @Required CrossVersionObjectReference describedObject) {}

    public record MetricValueStatus(
            @Nullable Quantity value,
            @Nullable Quantity averageValue,
            @Nullable Integer averageUtilization) {}

    public record PodsMetricStatus(
            @Required MetricIdentifier metric, @Required MetricValueStatus current) {}

    public record ResourceMetricStatus(
            @Required String name, @Required MetricValueStatus current) {}

    public record ContainerResourceMetricStatus(
            @Required String name,
            @Required MetricValueStatus current,
            @Required String container) {}

    public record ExternalMetricStatus(
            @Required MetricIdentifier metric, @Required MetricValueStatus current) {}

    public record HorizontalPodAutoscalerCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<HorizontalPodAutoscaler> STRATEGY =
            Strategy.<HorizontalPodAutoscaler>standard()
                    .withoutGeneration()
                    .subresources("status")
                    .defaults(AutoscalerRules::withDefaults)
                    .validate(AutoscalerRules::check);
}
