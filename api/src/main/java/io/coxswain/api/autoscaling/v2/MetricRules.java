package io.coxswain.api.autoscaling.v2;


import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.ContainerResourceMetricSource;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.CrossVersionObjectReference;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.ExternalMetricSource;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricIdentifier;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricTarget;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.ObjectMetricSource;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.PodsMetricSource;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.ResourceMetricSource;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.validation.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rules of what a HorizontalPodAutoscaler measures.
final class MetricRules {

    private static final List<String> SOURCES =
            List.of("ContainerResource", "External", "Object", "Pods", "Resource");
    private static final List<String> TARGETS = List.of("Utilization", "Value", "AverageValue");

    private MetricRules() {}

    static void check(MetricSpec metric, FieldErrors errors) {
        if (metric.type().isEmpty()) {
            errors.at("type").required("must specify a metric source type");
        }
        if (!metric.type().isEmpty() && !SOURCES.contains(metric.type())) {
            errors.at("type").notSupported(metric.type(), SOURCES);
        }
        var present = sources(metric);
        if (!present.isEmpty()) {
            source(metric, errors);
        }
        if (!SOURCES.contains(metric.type())) {
            // The source that should go with the type is as unknown.
            errors.at("type").notSupported(metric.type(), SOURCES);
        }
        var expected = field(metric.type());
        if (SOURCES.contains(metric.type()) && !present.contains(expected)) {
            errors.at(expected).required("must populate information for the given metric source");
        }
        if (present.size() != 1) {
            present.stream()
                    .filter(source -> !source.equals(expected))
                    .forEach(source ->
                            errors.at(source)
                                    .forbidden("must populate the given metric source only"));
        }
    }

    private static String field(String type) {
        return type.isEmpty() ? "" : type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    private static List<String> sources(MetricSpec metric) {
        var all = new ArrayList<String>();
        add(all, "object", metric.object());
        add(all, "external", metric.external());
        add(all, "pods", metric.pods());
        add(all, "resource", metric.resource());
        add(all, "containerResource", metric.containerResource());
        return all;
    }

    private static void add(List<String> all, String name, @Nullable Object source) {
        if (source != null) {
            all.add(name);
        }
    }

    /// Only the first of several sources is looked at.
    private static void source(MetricSpec metric, FieldErrors errors) {
        if (metric.object() != null) {
            object(metric.object(), errors.at("object"));
        } else if (metric.external() != null) {
            external(metric.external(), errors.at("external"));
        } else if (metric.pods() != null) {
            pods(metric.pods(), errors.at("pods"));
        } else if (metric.resource() != null) {
            resource(metric.resource(), errors.at("resource"));
        } else if (metric.containerResource() != null) {
            container(metric.containerResource(), errors.at("containerResource"));
        }
    }

    private static void object(ObjectMetricSource source, FieldErrors errors) {
        reference(source.describedObject(), errors.at("describedObject"));
        identifier(source.metric(), errors.at("metric"));
        var target = source.target();
        target(target, errors.at("target"));
        if (target.value() == null && target.averageValue() == null) {
            errors.at("target")
                    .at("averageValue")
                    .required("must set either a target value or averageValue");
        }
    }

    private static void external(ExternalMetricSource source, FieldErrors errors) {
        identifier(source.metric(), errors.at("metric"));
        var target = source.target();
        var at = errors.at("target");
        target(target, at);
        if (target.value() == null && target.averageValue() == null) {
            at.at("averageValue")
                    .required("must set either a target value for metric or a per-pod target");
        }
        if (target.value() != null && target.averageValue() != null) {
            at.at("value")
                    .forbidden("may not set both a target value for metric and a per-pod target");
        }
    }

    private static void pods(PodsMetricSource source, FieldErrors errors) {
        identifier(source.metric(), errors.at("metric"));
        target(source.target(), errors.at("target"));
        if (!positive(source.target().averageValue())) {
            errors.at("target")
                    .at("averageValue")
                    .required("must specify a positive target averageValue");
        }
    }

    private static void resource(ResourceMetricSource source, FieldErrors errors) {
        if (source.name().isEmpty()) {
            errors.at("name").required("must specify a resource name");
        }
        utilization(source.target(), errors.at("target"));
    }

    private static void container(ContainerResourceMetricSource source, FieldErrors errors) {
        if (source.name().isEmpty()) {
            errors.at("name").required("must specify a resource name");
        }
        if (source.container().isEmpty()) {
            errors.at("container").required("must specify a container");
        }
        utilization(source.target(), errors.at("target"));
    }

    private static void utilization(MetricTarget target, FieldErrors errors) {
        target(target, errors);
        if (target.averageUtilization() == null && target.averageValue() == null) {
            errors.at("averageUtilization")
                    .required("must set either a target raw value or a target utilization");
        }
        if (target.averageUtilization() != null && target.averageValue() != null) {
            errors.at("averageValue")
                    .forbidden("may not set both a target raw value and a target utilization");
        }
    }

    static void reference(CrossVersionObjectReference reference, FieldErrors errors) {
        segment(reference.kind(), errors.at("kind"));
        segment(reference.name(), errors.at("name"));
    }

    private static void segment(String text, FieldErrors errors) {
        if (text.isEmpty()) {
            errors.required("");
        } else {
            errors.invalid(text, Names.pathSegment(text, false));
        }
    }

    private static void identifier(MetricIdentifier metric, FieldErrors errors) {
        if (metric.name().isEmpty()) {
            errors.at("name").required("must specify a metric name");
        } else {
            errors.at("name").invalid(metric.name(), Names.pathSegment(metric.name(), false));
        }
    }

    private static void target(MetricTarget target, FieldErrors errors) {
        if (target.type().isEmpty()) {
            errors.at("type").required("must specify a metric target type");
        }
        if (!TARGETS.contains(target.type())) {
            errors.at("type")
                    .invalid(target.type(), "must be either Utilization, Value, or AverageValue");
        }
        amount(target.value(), errors.at("value"));
        amount(target.averageValue(), errors.at("averageValue"));
        var utilization = target.averageUtilization();
        if (utilization != null && utilization < 1) {
            errors.at("averageUtilization").invalid(utilization, "must be greater than 0");
        }
    }

    private static void amount(@Nullable Quantity amount, FieldErrors errors) {
        if (amount != null && !positive(amount)) {
            errors.invalid(amount, "must be positive");
        }
    }

    private static boolean positive(@Nullable Quantity amount) {
        return amount != null && amount.compareTo(Quantity.ZERO) > 0;
    }
}
