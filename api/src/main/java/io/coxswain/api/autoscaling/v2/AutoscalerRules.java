package io.coxswain.api.autoscaling.v2;

import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.HPAScalingPolicy;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.HPAScalingRules;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.HorizontalPodAutoscalerBehavior;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.HorizontalPodAutoscalerSpec;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricSpec;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.MetricTarget;
import io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.ResourceMetricSource;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of HorizontalPodAutoscalers.
final class AutoscalerRules {

    private static final int CPU_PERCENT = 80;
    private static final int WINDOW_SECONDS_MAX = 3600;
    private static final int PERIOD_SECONDS_MAX = 1800;

    private AutoscalerRules() {}

    static HorizontalPodAutoscaler withDefaults(HorizontalPodAutoscaler scaler) {
        var spec = scaler.spec();
        var edit =
                Edit.of(spec)
                        .set(
                                HorizontalPodAutoscalerSpec::minReplicas,
                                Objects.requireNonNullElse(spec.minReplicas(), 1))
                        .set(HorizontalPodAutoscalerSpec::behavior, behavior(spec.behavior()));
        if (spec.metrics().isEmpty()) {
            edit.set(HorizontalPodAutoscalerSpec::metrics, List.of(cpu()));
        }
        return Edit.with(scaler, HorizontalPodAutoscaler::spec, edit.done());
    }

    static void check(HorizontalPodAutoscaler scaler, FieldErrors all) {
        var spec = scaler.spec();
        var errors = all.at("spec");
        var min = Objects.requireNonNullElse(spec.minReplicas(), 1);
        if (min < 1) {
            errors.at("minReplicas").invalid(min, "must be greater than or equal to 1");
            if (spec.metrics().stream().noneMatch(AutoscalerRules::outside)) {
                errors.at("metrics")
                        .forbidden(
                                "must specify at least one Object or External metric to support"
                                        + " scaling to zero replicas");
            }
        }
        if (spec.maxReplicas() < 1) {
            errors.at("maxReplicas").required("must be set and greater than 0");
        }
        if (spec.maxReplicas() < min) {
            errors.at("maxReplicas")
                    .invalid(spec.maxReplicas(), "must be greater than or equal to `minReplicas`");
        }
        MetricRules.reference(spec.scaleTargetRef(), errors.at("scaleTargetRef"));
        for (var i = 0; i < spec.metrics().size(); i++) {
            MetricRules.check(spec.metrics().get(i), errors.at("metrics").at(i));
        }
        if (spec.behavior() != null) {
            rules(spec.behavior().scaleUp(), errors.at("behavior").at("scaleUp"));
            rules(spec.behavior().scaleDown(), errors.at("behavior").at("scaleDown"));
        }
    }

    private static MetricSpec cpu() {
        return Edit.of(RecordType.of(MetricSpec.class).empty())
                .set(MetricSpec::type, "Resource")
                .set(
                        MetricSpec::resource,
                        new ResourceMetricSource(
                                "cpu", new MetricTarget("Utilization", null, null, CPU_PERCENT)))
                .done();
    }

    private static @Nullable HorizontalPodAutoscalerBehavior behavior(
            @Nullable HorizontalPodAutoscalerBehavior behavior) {
        if (behavior == null) {
            return null;
        }
        var up =
                List.of(
                        new HPAScalingPolicy("Pods", 4, 15),
                        new HPAScalingPolicy("Percent", 100, 15));
        var down = List.of(new HPAScalingPolicy("Percent", 100, 15));
        return new HorizontalPodAutoscalerBehavior(
                rules(behavior.scaleUp(), up, 0), rules(behavior.scaleDown(), down, null));
    }

    private static HPAScalingRules rules(
            @Nullable HPAScalingRules rules,
            List<HPAScalingPolicy> policies,
            @Nullable Integer window) {
        var given = rules == null ? RecordType.of(HPAScalingRules.class).empty() : rules;
        var edit = Edit.of(given);
        if (given.stabilizationWindowSeconds() == null) {
            edit.set(HPAScalingRules::stabilizationWindowSeconds, window);
        }
        if (given.selectPolicy() == null) {
            edit.set(HPAScalingRules::selectPolicy, "Max");
        }
        if (given.policies().isEmpty()) {
            edit.set(HPAScalingRules::policies, policies);
        }
        return edit.done();
    }

    private static boolean outside(MetricSpec metric) {
        return metric.type().equals("Object") || metric.type().equals("External");
    }

    private static void rules(@Nullable HPAScalingRules rules, FieldErrors errors) {
        if (rules == null) {
            return;
        }
        var window = rules.stabilizationWindowSeconds();
        if (window != null && window < 0) {
            errors.at("stabilizationWindowSeconds")
                    .invalid(window, "must be greater than or equal to zero");
        }
        if (window != null && window > WINDOW_SECONDS_MAX) {
            errors.at("stabilizationWindowSeconds")
                    .invalid(window, "must be less than or equal to " + WINDOW_SECONDS_MAX);
        }
        if (rules.selectPolicy() != null) {
            Values.oneOf(
                    rules.selectPolicy(),
                    List.of("Disabled", "Max", "Min"),
                    errors.at("selectPolicy"));
        }
        for (var i = 0; i < rules.policies().size(); i++) {
            var policy = rules.policies().get(i);
            var at = errors.at("policies").at(i);
            Values.oneOf(policy.type(), List.of("Percent", "Pods"), at.at("type"));
            if (policy.value() <= 0) {
                at.at("value").invalid(policy.value(), "must be greater than zero");
            }
            if (policy.periodSeconds() <= 0) {
                at.at("periodSeconds").invalid(policy.periodSeconds(), "must be greater than zero");
            }
            if (policy.periodSeconds() > PERIOD_SECONDS_MAX) {
                at.at("periodSeconds")
                        .invalid(
                                policy.periodSeconds(),
                                "must be less than or equal to " + PERIOD_SECONDS_MAX);
            }
        }
    }
}
