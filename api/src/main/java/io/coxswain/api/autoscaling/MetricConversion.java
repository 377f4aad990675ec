package io.coxswain.api.autoscaling;

import io.coxswain.api.autoscaling.MetricSpec.ContainerResourceMetricSource;
import io.coxswain.api.autoscaling.MetricSpec.ExternalMetricSource;
import io.coxswain.api.autoscaling.MetricSpec.ObjectMetricSource;
import io.coxswain.api.autoscaling.MetricSpec.PodsMetricSource;
import io.coxswain.api.autoscaling.MetricSpec.ResourceMetricSource;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricIdentifier;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricTarget;
import io.coxswain.api.schema.Quantity;
import org.jspecify.annotations.Nullable;

/// Metrics as v1 writes them in annotations, and as v2 has them as fields.
final class MetricConversion {

    private MetricConversion() {}

    static MetricSpec metric(io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec v2) {
        var object = v2.object();
        var pods = v2.pods();
        var resource = v2.resource();
        var container = v2.containerResource();
        var external = v2.external();
        return new MetricSpec(
                v2.type(),
                object == null
                        ? null
                        : new ObjectMetricSource(
                                reference(object.describedObject()),
                                object.metric().name(),
                                orZero(object.target().value()),
                                object.metric().selector(),
                                object.target().averageValue()),
                pods == null
                        ? null
                        : new PodsMetricSource(
                                pods.metric().name(),
                                orZero(pods.target().averageValue()),
                                pods.metric().selector()),
                resource == null
                        ? null
                        : new ResourceMetricSource(
                                resource.name(),
                                resource.target().averageUtilization(),
                                resource.target().averageValue()),
                container == null
                        ? null
                        : new ContainerResourceMetricSource(
                                container.name(),
                                container.target().averageUtilization(),
                                container.target().averageValue(),
                                container.container()),
                external == null
                        ? null
                        : new ExternalMetricSource(
                                external.metric().name(),
                                external.metric().selector(),
                                external.target().value(),
                                external.target().averageValue()));
    }

    static io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec metric(MetricSpec v1) {
        var object = v1.object();
        var pods = v1.pods();
        var resource = v1.resource();
        var container = v1.containerResource();
        var external = v1.external();
        return new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec(
                v1.type(),
                object == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .ObjectMetricSource(
                                reference(object.target()),
                                value(object.targetValue(), object.averageValue()),
                                new MetricIdentifier(object.metricName(), object.selector())),
                pods == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .PodsMetricSource(
                                new MetricIdentifier(pods.metricName(), pods.selector()),
                                value(null, pods.targetAverageValue())),
                resource == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .ResourceMetricSource(
                                resource.name(),
                                share(
                                        resource.targetAverageUtilization(),
                                        resource.targetAverageValue())),
                container == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .ContainerResourceMetricSource(
                                container.name(),
                                share(
                                        container.targetAverageUtilization(),
                                        container.targetAverageValue()),
                                container.container()),
                external == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .ExternalMetricSource(
                                new MetricIdentifier(
                                        external.metricName(), external.metricSelector()),
                                value(external.targetValue(), external.targetAverageValue())));
    }

    static io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec cpu(int percent) {
        var source =
                new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.ResourceMetricSource(
                        "cpu", new MetricTarget("Utilization", null, null, percent));
        return new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec(
                "Resource", null, null, source, null, null);
    }

    static io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.CrossVersionObjectReference
            reference(CrossVersionObjectReference v1) {
        return new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                .CrossVersionObjectReference(v1.kind(), v1.name(), v1.apiVersion());
    }

    static CrossVersionObjectReference reference(
            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.CrossVersionObjectReference v2) {
        return new CrossVersionObjectReference(v2.kind(), v2.name(), v2.apiVersion());
    }

    static Quantity orZero(@Nullable Quantity quantity) {
        return quantity == null ? Quantity.ZERO : quantity;
    }

    private static MetricTarget value(@Nullable Quantity value, @Nullable Quantity average) {
        return new MetricTarget(average == null ? "Value" : "AverageValue", value, average, null);
    }

    private static MetricTarget share(@Nullable Integer percent, @Nullable Quantity average) {
        return new MetricTarget(
                percent == null ? "AverageValue" : "Utilization", null, average, percent);
    }
}
