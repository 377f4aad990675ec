package io.coxswain.api.autoscaling;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record MetricStatus(
        @Required @OneOf({"ContainerResource", "External", "Object", "Pods", "Resource"})
                String type,
        @Nullable ObjectMetricStatus object,
        @Nullable PodsMetricStatus pods,
        @Nullable ResourceMetricStatus resource,
        @Nullable ContainerResourceMetricStatus containerResource,
        @Nullable ExternalMetricStatus external) {

    public record ObjectMetricStatus(
            @Required CrossVersionObjectReference target,
            @Required String metricName,
            @Required Quantity currentValue,
            @Nullable LabelSelector selector,
            @Nullable Quantity averageValue) {}

    public record PodsMetricStatus(
            @Required String metricName,
            @Required Quantity currentAverageValue,
            @Nullable LabelSelector selector) {}

    public record ResourceMetricStatus(
            @Required String name,
            @Nullable Integer currentAverageUtilization,
            @Required Quantity currentAverageValue) {}

    public record ContainerResourceMetricStatus(
            @Required String name,
            @Nullable Integer currentAverageUtilization,
            @Required Quantity currentAverageValue,
            @Required String container) {}

    public record ExternalMetricStatus(
            @Required String metricName,
            @Nullable LabelSelector metricSelector,
            @Required Quantity currentValue,
            @Nullable Quantity currentAverageValue) {}
}
