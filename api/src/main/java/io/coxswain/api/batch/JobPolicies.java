package io.coxswain.api.batch;

import io.coxswain.api.batch.JobSpec.PodFailurePolicyOnExitCodesRequirement;
import io.coxswain.api.batch.JobSpec.PodFailurePolicyOnPodConditionsPattern;
import io.coxswain.api.batch.JobSpec.PodFailurePolicyRule;
import io.coxswain.api.batch.JobSpec.SuccessPolicyRule;
import io.coxswain.api.core.Container;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules of what a Job counts as failure and as success.
final class JobPolicies {

    private static final List<String> ACTIONS =
            List.of("Count", "FailIndex", "FailJob", "Ignore");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");
    private static final int RULES_MAX = 20;
    private static final int EXIT_CODES_MAX = 255;
    private static final int PATTERNS_MAX = 20;

    private JobPolicies() {}

    static void failure(JobSpec spec, FieldErrors errors) {
        var policy = spec.podFailurePolicy();
        if (policy == null) {
            return;
        }
        var at = errors.at("podFailurePolicy").at("rules");
        if (policy.rules().size() > RULES_MAX) {
            at.tooMany(policy.rules().size(), RULES_MAX);
        }
        var pod = spec.template().spec();
        var containers =
                Stream.concat(pod.initContainers().stream(), pod.containers().stream())
                        .map(Container::name)
                        .collect(Collectors.toSet());
        for (var i = 0; i < policy.rules().size(); i++) {
            rule(policy.rules().get(i), spec, containers, at.at(i));
        }
    }

    private static void rule(
            PodFailurePolicyRule rule, JobSpec spec, Set<String> containers, FieldErrors errors) {
        action(rule.action(), spec, errors.at("action"));
        var codes = rule.onExitCodes();
        if (codes != null) {
            exitCodes(codes, containers, errors.at("onExitCodes"));
        }
        patterns(rule.onPodConditions(), errors.at("onPodConditions"));
        if (codes != null && !rule.onPodConditions().isEmpty()) {
            errors.invalid("specifying both OnExitCodes and OnPodConditions is not supported");
        }
        if (codes == null && rule.onPodConditions().isEmpty()) {
            errors.invalid("specifying one of OnExitCodes and OnPodConditions is required");
        }
    }

    private static void action(String action, JobSpec spec, FieldErrors errors) {
        if (action.equals("FailIndex")) {
            if (spec.backoffLimitPerIndex() == null) {
                errors.invalid(action, "requires the backoffLimitPerIndex to be set");
            }
            return;
        }
        oneOf(action, ACTIONS, errors);
    }

    private static void oneOf(String value, List<String> choices, FieldErrors errors) {
        if (value.isEmpty()) {
            var quoted = choices.stream().map(choice -> "\"" + choice + "\"");
            errors.required("valid values: [" + quoted.collect(Collectors.joining(" ")) + "]");
        } else if (!choices.contains(value)) {
            errors.notSupported(value, choices);
        }
    }

    private static void exitCodes(
            PodFailurePolicyOnExitCodesRequirement codes,
            Set<String> containers,
            FieldErrors errors) {
        oneOf(codes.operator(), List.of("In", "NotIn"), errors.at("operator"));
        var container = codes.containerName();
        if (container != null && !containers.contains(container)) {
            errors.at("containerName")
                    .invalid(
                            container,
                            "must be one of the container or initContainer names in the pod"
                                    + " template");
        }
        var at = errors.at("values");
        if (codes.values().isEmpty()) {
            at.invalid(codes.values(), "at least one value is required");
        } else if (codes.values().size() > EXIT_CODES_MAX) {
            at.tooMany(codes.values().size(), EXIT_CODES_MAX);
        }
        var seen = new HashSet<Integer>();
        for (var i = 0; i < codes.values().size(); i++) {
            var code = codes.values().get(i);
            if (codes.operator().equals("In") && code == 0) {
                at.at(i).invalid(code, "must not be 0 for the In operator");
            }
            if (!seen.add(code)) {
                at.at(i).duplicate(code);
            }
        }
        if (!codes.values().equals(codes.values().stream().sorted().toList())) {
            at.invalid(codes.values(), "must be ordered");
        }
    }

    private static void patterns(
            List<PodFailurePolicyOnPodConditionsPattern> patterns, FieldErrors errors) {
        if (patterns.size() > PATTERNS_MAX) {
            errors.tooMany(patterns.size(), PATTERNS_MAX);
        }
        for (var i = 0; i < patterns.size(); i++) {
            var pattern = patterns.get(i);
            errors.at(i).at("type").invalid(pattern.type(), Names.qualified(pattern.type()));
            oneOf(pattern.status(), STATUSES, errors.at(i).at("status"));
        }
    }

    static void success(JobSpec spec, FieldErrors errors) {
        var policy = spec.successPolicy();
        if (policy == null) {
            return;
        }
        if (!"Indexed".equals(spec.completionMode())) {
            errors.at("successPolicy").invalid(policy, "requires indexed completion mode");
            return;
        }
        var at = errors.at("successPolicy").at("rules");
        if (policy.rules().isEmpty()) {
            at.required("at least one rules must be specified when the successPolicy is specified");
        }
        if (policy.rules().size() > RULES_MAX) {
            at.tooMany(policy.rules().size(), RULES_MAX);
        }
        for (var i = 0; i < policy.rules().size(); i++) {
            rule(policy.rules().get(i), spec.completions(), at.at(i));
        }
    }

    private static void rule(
            SuccessPolicyRule rule, @Nullable Integer completions, FieldErrors errors) {
        var count = rule.succeededCount();
        var indexes = rule.succeededIndexes();
        if (count == null && indexes == null) {
            errors.required("at least one of succeededCount or succeededIndexes must be specified");
        }
        var total = completions == null ? 0 : completions;
        var named = -1;
        if (indexes != null) {
            try {
                named = IndexList.count(indexes, total);
            } catch (IllegalArgumentException e) {
                errors.at("succeededIndexes")
                        .invalid(indexes, "error parsing succeededIndexes: " + e.getMessage());
            }
        }
        if (count == null) {
            return;
        }
        var at = errors.at("succeededCount");
        Values.nonNegative(count, at);
        if (count > total) {
            at.invalid(
                    count,
                    "must be less than or equal to "
                            + total
                            + " (the number of specified completions)");
        }
        if (named >= 0 && count > named) {
            at.invalid(
                    count,
                    "must be less than or equal to "
                            + named
                            + " (the number of indexes in the specified succeededIndexes field)");
        }
    }
}
