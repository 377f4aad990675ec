package io.coxswain.api.autoscaling;

import static io.coxswain.api.autoscaling.MetricConversion.metric;

import io.coxswain.api.autoscaling.HorizontalPodAutoscaler.HorizontalPodAutoscalerSpec;
import io.coxswain.api.autoscaling.HorizontalPodAutoscaler.HorizontalPodAutoscalerStatus;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Conversion;
import io.coxswain.api.schema.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Between the two versions of the HorizontalPodAutoscaler. What v1 has no field for travels in four
/// annotations, so that a client of v1 can write back what it read.
public final class AutoscalerConversion {

    /// v2 is what is stored.
    public static final Conversion<
                    HorizontalPodAutoscaler, io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler>
            V1 = new Conversion<>(AutoscalerConversion::toStored, AutoscalerConversion::fromStored);

    private static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    private static final String CURRENT = "autoscaling.alpha.kubernetes.io/current-metrics";
    private static final String CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
    private static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";
    private static final List<String> OURS = List.of(METRICS, CURRENT, CONDITIONS, BEHAVIOR);

    private AutoscalerConversion() {}

    private static io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler toStored(
            HorizontalPodAutoscaler v1) {
        var annotations = v1.metadata().annotations();
        var spec = v1.spec();
        var metrics =
                new ArrayList<io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec>();
        AutoscalerAnnotations.read(MetricSpec.class, annotations.get(METRICS))
                .forEach(metric -> metrics.add(metric(metric)));
        var cpu = spec.targetCPUUtilizationPercentage();
        if (cpu != null) {
            metrics.add(MetricConversion.cpu(cpu));
        }
        return new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler(
                withoutOurs(v1.metadata()),
                new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                        .HorizontalPodAutoscalerSpec(
                        MetricConversion.reference(spec.scaleTargetRef()),
                        spec.minReplicas(),
                        spec.maxReplicas(),
                        List.copyOf(metrics),
                        AutoscalerAnnotations.behavior(annotations.get(BEHAVIOR))),
                toStored(v1.status(), annotations));
    }

    private static io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                    .HorizontalPodAutoscalerStatus
            toStored(HorizontalPodAutoscalerStatus v1, Map<String, String> annotations) {
        var metrics =
                new ArrayList<
                        io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricStatus>();
        AutoscalerAnnotations.read(MetricStatus.class, annotations.get(CURRENT))
                .forEach(metric -> metrics.add(MetricStatusConversion.status(metric)));
        var cpu = v1.currentCPUUtilizationPercentage();
        if (cpu != null && metrics.stream().noneMatch(AutoscalerConversion::isCpu)) {
            metrics.add(MetricStatusConversion.cpu(cpu));
        }
        var conditions =
                AutoscalerAnnotations.read(
                                HorizontalPodAutoscalerCondition.class, annotations.get(CONDITIONS))
                        .stream()
                        .map(MetricStatusConversion::condition)
                        .toList();
        return new io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler
                .HorizontalPodAutoscalerStatus(
                v1.observedGeneration(),
                v1.lastScaleTime(),
                v1.currentReplicas(),
                v1.desiredReplicas(),
                List.copyOf(metrics),
                conditions);
    }

    private static HorizontalPodAutoscaler fromStored(
            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler v2) {
        var annotations = new LinkedHashMap<>(withoutOurs(v2.metadata()).annotations());
        var spec = v2.spec();
        Integer cpu = null;
        var others = new ArrayList<MetricSpec>();
        for (var metric : spec.metrics()) {
            var resource = metric.resource();
            var percent =
                    metric.type().equals("Resource")
                                    && resource != null
                                    && resource.name().equals("cpu")
                            ? resource.target().averageUtilization()
                            : null;
            if (percent == null) {
                others.add(metric(metric));
            } else if (cpu == null) {
                cpu = percent;
            }
        }
        put(annotations, METRICS, others);
        var behavior = spec.behavior();
        if (behavior != null) {
            annotations.put(BEHAVIOR, AutoscalerAnnotations.text(behavior));
        }
        put(
                annotations,
                CURRENT,
                v2.status().currentMetrics().stream().map(MetricStatusConversion::status).toList());
        put(
                annotations,
                CONDITIONS,
                v2.status().conditions().stream().map(MetricStatusConversion::condition).toList());
        return new HorizontalPodAutoscaler(
                Edit.with(v2.metadata(), ObjectMeta::annotations, annotations),
                new HorizontalPodAutoscalerSpec(
                        MetricConversion.reference(spec.scaleTargetRef()),
                        spec.minReplicas(),
                        spec.maxReplicas(),
                        cpu),
                fromStored(v2.status()));
    }

    private static HorizontalPodAutoscalerStatus fromStored(
            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.HorizontalPodAutoscalerStatus
                    v2) {
        Integer cpu = null;
        for (var metric : v2.currentMetrics()) {
            var resource = metric.resource();
            if (cpu == null && resource != null && isCpu(metric)) {
                cpu = resource.current().averageUtilization();
            }
        }
        return new HorizontalPodAutoscalerStatus(
                v2.observedGeneration(),
                v2.lastScaleTime(),
                v2.currentReplicas(),
                v2.desiredReplicas(),
                cpu);
    }

    private static boolean isCpu(
            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricStatus metric) {
        var resource = metric.resource();
        return metric.type().equals("Resource")
                && resource != null
                && resource.name().equals("cpu");
    }

    private static ObjectMeta withoutOurs(ObjectMeta metadata) {
        if (OURS.stream().noneMatch(metadata.annotations()::containsKey)) {
            return metadata;
        }
        var annotations = new LinkedHashMap<>(metadata.annotations());
        annotations.keySet().removeAll(OURS);
        return Edit.with(metadata, ObjectMeta::annotations, annotations);
    }

    private static void put(
            Map<String, String> annotations, String key, List<? extends Record> values) {
        if (!values.isEmpty()) {
            annotations.put(key, AutoscalerAnnotations.json(values));
        }
    }
}
