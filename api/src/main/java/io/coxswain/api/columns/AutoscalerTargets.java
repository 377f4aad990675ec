package io.coxswain.api.columns;

import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricTarget;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricValueStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an autoscaler measures and wants: `cpu: 63%/80%, 100m/200m (avg)`.
final class AutoscalerTargets {

    private static final int SHOWN_MAX = 2;

    private AutoscalerTargets() {}

    static String of(HorizontalPodAutoscaler scaler) {
        var metrics = scaler.spec().metrics();
        if (metrics.isEmpty()) {
            return Cells.NONE;
        }
        var texts = new ArrayList<String>();
        for (var i = 0; i < metrics.size() && i < SHOWN_MAX; i++) {
            texts.add(target(metrics.get(i), current(scaler, i)));
        }
        var text = String.join(", ", texts);
        var more = metrics.size() - SHOWN_MAX;
        return more > 0 ? text + " + " + more + " more..." : text;
    }

    private static String target(MetricSpec metric, @Nullable MetricValueStatus current) {
        if (metric.resource() != null) {
            return metric.resource().name() + ": " + pair(metric.resource().target(), current, "");
        }
        if (metric.containerResource() != null) {
            var source = metric.containerResource();
            return source.name() + ": " + pair(source.target(), current, "");
        }
        if (metric.pods() != null) {
            return pair(metric.pods().target(), current, "");
        }
        if (metric.object() != null) {
            return pair(metric.object().target(), current, " (avg)");
        }
        if (metric.external() != null) {
            return pair(metric.external().target(), current, " (avg)");
        }
        return "<unknown type>";
    }

    private static String pair(
            MetricTarget target, @Nullable MetricValueStatus current, String average) {
        if (target.averageUtilization() != null) {
            var now = current == null ? null : current.averageUtilization();
            return (now == null ? Cells.UNKNOWN : now + "%")
                    + "/"
                    + target.averageUtilization()
                    + "%";
        }
        if (target.averageValue() != null) {
            var now = current == null ? null : current.averageValue();
            return (now == null ? Cells.UNKNOWN : now) + "/" + target.averageValue() + average;
        }
        var now = current == null ? null : current.value();
        return (now == null ? Cells.UNKNOWN : now) + "/" + target.value();
    }

    private static @Nullable MetricValueStatus current(HorizontalPodAutoscaler scaler, int index) {
        var all = scaler.status().currentMetrics();
        if (index >= all.size()) {
            return null;
        }
        var metric = all.get(index);
        var values = new ArrayList<MetricValueStatus>(List.of());
        if (metric.resource() != null) {
            values.add(metric.resource().current());
        } else if (metric.containerResource() != null) {
            values.add(metric.containerResource().current());
        } else if (metric.pods() != null) {
            values.add(metric.pods().current());
        } else if (metric.object() != null) {
            values.add(metric.object().current());
        } else if (metric.external() != null) {
            values.add(metric.external().current());
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
