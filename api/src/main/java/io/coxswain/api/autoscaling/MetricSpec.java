package io.coxswain.api.autoscaling;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record MetricSpec(
        @Required @OneOf({"ContainerResource", "External", "Object", "Pods", "Resource"})
                String type,
        @Nullable ObjectMetricSource object,
        @Nullable PodsMetricSource pods,
        @Nullable ResourceMetricSource resource,
        @Nullable ContainerResourceMetricSource containerResource,
        @Nullable ExternalMetricSource external) {

    public record ObjectMetricSource(
            @Required CrossVersionObjectReference target,
            @Required String metricName,
            @Required Quantity targetValue,
            @Nullable LabelSelector selector,
            @Nullable Quantity averageValue) {}

    public record PodsMetricSource(
            @Required String metricName,
            @Required Quantity targetAverageValue,
            @Nullable LabelSelector selector) {}

    public record ResourceMetricSource(
            @Required String name,
            @Nullable Integer targetAverageUtilization,
            @Nullable Quantity targetAverageValue) {}

    public record ContainerResourceMetricSource(
            @Required String name,
            @Nullable Integer targetAverageUtilization,
            @Nullable Quantity targetAverageValue,
            @Required String container) {}

    public record ExternalMetricSource(
            @Required String metricName,
            @Nullable LabelSelector metricSelector,
            @Nullable Quantity targetValue,
            @Nullable Quantity targetAverageValue) {}
}
