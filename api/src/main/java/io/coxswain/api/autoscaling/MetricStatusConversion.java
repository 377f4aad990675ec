package io.coxswain.api.autoscaling;

import static io.coxswain.api.autoscaling.MetricConversion.orZero;
import static io.coxswain.api.autoscaling.MetricConversion.reference;

import io.coxswain.api.autoscaling.MetricStatus.ContainerResourceMetricStatus;
import io.coxswain.api.autoscaling.MetricStatus.ExternalMetricStatus;
import io.coxswain.api.autoscaling.MetricStatus.ObjectMetricStatus;
import io.coxswain.api.autoscaling.MetricStatus.PodsMetricStatus;
import io.coxswain.api.autoscaling.MetricStatus.ResourceMetricStatus;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricIdentifier;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricValueStatus;

/// Measured metrics and conditions as v1 writes them in annotations, and as v2 has them as fields.
final class MetricStatusConversion {

    private MetricStatusConversion() {}

    static MetricStatus status(
            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricStatus v2) {
        var object = v2.object();
        var pods = v2.pods();
        var resource = v2.resource();
        var container = v2.containerResource();
        var external = v2.external();
        return new MetricStatus(
                v2.type(),
                object == null
                        ? null
                        : new ObjectMetricStatus(
                                reference(object.describedObject()),
                                object.metric().name(),
                                orZero(object.current().value()),
                                object.metric().selector(),
                                object.current().averageValue()),
                pods == null
                        ? null
                        : new PodsMetricStatus(
                                pods.metric().name(),
                                orZero(pods.current().averageValue()),
                                pods.metric().selector()),
                resource == null
                        ? null
                        : new ResourceMetricStatus(
                                resource.name(),
                                resource.current().averageUtilization(),
                                orZero(resource.current().averageValue())),
                container == null
                        ? null
                        : new ContainerResourceMetricStatus(
                                container.name(),
                                container.current().averageUtilization(),
                                orZero(container.current().averageValue()),
                                container.container()),
                external == null
                        ? null
                        : new ExternalMetricStatus(
                                external.metric().name(),
                                external.metric().selector(),
                                orZero(external.current().value()),
                                external.current().averageValue()));
    }

    static io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricStatus status(
            MetricStatus v1) {
        var object = v1.object();
        var pods = v1.pods();
        var resource = v1.resource();
        var container = v1.containerResource();
        var external = v1.external();
        return new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricStatus(
                v1.type(),
                object == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .ObjectMetricStatus(
                                new MetricIdentifier(object.metricName(), object.selector()),
                                new MetricValueStatus(
                                        object.currentValue(), object.averageValue(), null),
                                reference(object.target())),
                pods == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .PodsMetricStatus(
                                new MetricIdentifier(pods.metricName(), pods.selector()),
                                new MetricValueStatus(null, pods.currentAverageValue(), null)),
                resource == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .ResourceMetricStatus(
                                resource.name(),
                                new MetricValueStatus(
                                        null,
                                        resource.currentAverageValue(),
                                        resource.currentAverageUtilization())),
                container == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .ContainerResourceMetricStatus(
                                container.name(),
                                new MetricValueStatus(
                                        null,
                                        container.currentAverageValue(),
                                        container.currentAverageUtilization()),
                                container.container()),
                external == null
                        ? null
                        : new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                                .ExternalMetricStatus(
                                new MetricIdentifier(
                                        external.metricName(), external.metricSelector()),
                                new MetricValueStatus(
                                        external.currentValue(),
                                        external.currentAverageValue(),
                                        null)));
    }

    static io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricStatus cpu(int percent) {
        var resource =
                new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.ResourceMetricStatus(
                        "cpu", new MetricValueStatus(null, null, percent));
        return new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricStatus(
                "Resource", null, null, resource, null, null);
    }

    static io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.HorizontalPodAutoscalerCondition
            condition(HorizontalPodAutoscalerCondition v1) {
        return new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                .HorizontalPodAutoscalerCondition(
                v1.type(), v1.status(), v1.lastTransitionTime(), v1.reason(), v1.message());
    }

    static HorizontalPodAutoscalerCondition condition(
            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.HorizontalPodAutoscalerCondition
                    v2) {
        return new HorizontalPodAutoscalerCondition(
                v2.type(), v2.status(), v2.lastTransitionTime(), v2.reason(), v2.message());
    }
}
