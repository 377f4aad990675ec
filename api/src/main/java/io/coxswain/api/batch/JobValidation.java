package io.coxswain.api.batch;

import io.coxswain.api.batch.JobSpec.PodFailurePolicyRule;
import io.coxswain.api.core.pods.PodValidation;
import io.coxswain.api.core.pods.TemplateValidation;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of Jobs.
final class JobValidation {

    private static final int PARALLEL_MAX = 100_000;
    private static final int RULES_MAX = 20;
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");

    private JobValidation() {}

    static void check(Job job, FieldErrors errors) {
        var spec = job.spec();
        var at = errors.at("spec");
        template(spec, at);
        if (spec.selector() == null) {
            at.at("selector").required("");
            // The labels are compared with a selector that matches nothing.
            at.at("template")
                    .at("metadata")
                    .at("labels")
                    .invalid(
                            spec.template().metadata().labels(),
                            "`selector` does not match template `labels`");
            return;
        }
        Selectors.check(spec.selector(), at.at("selector"));
        TemplateValidation.matches(spec.selector(), spec.template(), at.at("template"));
    }

    /// The rules of a Job that a CronJob will make.
    static void ofCronJob(JobSpec spec, FieldErrors errors) {
        if (spec.selector() != null) {
            errors.at("selector").invalid(spec.selector(), "`selector` will be auto-generated");
        }
        if (Boolean.TRUE.equals(spec.manualSelector())) {
            errors.at("manualSelector").notSupported(true, List.of("nil", "false"));
        }
        template(spec, errors);
    }

    private static void template(JobSpec spec, FieldErrors errors) {
        Values.nonNegative(spec.parallelism(), errors.at("parallelism"));
        Values.nonNegative(spec.completions(), errors.at("completions"));
        Values.nonNegative(spec.activeDeadlineSeconds(), errors.at("activeDeadlineSeconds"));
        Values.nonNegative(spec.backoffLimit(), errors.at("backoffLimit"));
        Values.nonNegative(spec.ttlSecondsAfterFinished(), errors.at("ttlSecondsAfterFinished"));
        indexed(spec, errors);
        failurePolicy(spec, errors);
        var replacement = spec.podReplacementPolicy();
        if (replacement != null) {
            var choices =
                    spec.podFailurePolicy() == null
                            ? List.of("Failed", "TerminatingOrFailed")
                            : List.of("Failed");
            Values.oneOf(replacement, choices, errors.at("podReplacementPolicy"));
        }
        var manager = spec.managedBy();
        if (manager != null) {
            errors.at("managedBy").invalid(manager, Names.qualified(manager));
            if (!manager.contains("/")) {
                errors.at("managedBy")
                        .invalid(
                                manager,
                                "must be a domain-prefixed path (such as \"acme.io/foo\")");
            }
        }
        PodValidation.template(spec.template(), errors.at("template"));
        var restart = spec.template().spec().restartPolicy();
        if (!restart.equals("OnFailure") && !restart.equals("Never")) {
            errors.at("template")
                    .at("spec")
                    .at("restartPolicy")
                    .required("valid values: \"OnFailure\", \"Never\"");
        }
    }

    private static void indexed(JobSpec spec, FieldErrors errors) {
        var mode = spec.completionMode();
        if (mode != null && !mode.equals("NonIndexed") && !mode.equals("Indexed")) {
            errors.at("completionMode").notSupported(mode, List.of("NonIndexed", "Indexed"));
        }
        var indexed = "Indexed".equals(mode);
        if (indexed && spec.completions() == null) {
            errors.at("completions").required("when completion mode is Indexed");
        }
        if (indexed && spec.parallelism() != null && spec.parallelism() > PARALLEL_MAX) {
            errors.at("parallelism")
                    .invalid(
                            spec.parallelism(),
                            "must be less than or equal to "
                                    + PARALLEL_MAX
                                    + " when completion mode is Indexed");
        }
        perIndex(spec.backoffLimitPerIndex(), indexed, errors.at("backoffLimitPerIndex"));
        perIndex(spec.maxFailedIndexes(), indexed, errors.at("maxFailedIndexes"));
        if (spec.maxFailedIndexes() != null && spec.backoffLimitPerIndex() == null) {
            errors.at("backoffLimitPerIndex").required("when maxFailedIndexes is specified");
        }
    }

    private static void perIndex(@Nullable Integer limit, boolean indexed, FieldErrors errors) {
        if (limit == null) {
            return;
        }
        Values.nonNegative(limit, errors);
        if (!indexed) {
            errors.invalid(limit, "requires indexed completion mode");
        }
    }

    private static void failurePolicy(JobSpec spec, FieldErrors errors) {
        var policy = spec.podFailurePolicy();
        if (policy == null) {
            return;
        }
        var restart = spec.template().spec().restartPolicy();
        if (!restart.equals("Never")) {
            errors.at("template")
                    .at("spec")
                    .at("restartPolicy")
                    .invalid(
                            restart,
                            "only \"Never\" is supported when podFailurePolicy is specified");
        }
        var at = errors.at("podFailurePolicy").at("rules");
        if (policy.rules().size() > RULES_MAX) {
            at.tooMany(policy.rules().size(), RULES_MAX);
        }
        for (var i = 0; i < policy.rules().size(); i++) {
            rule(policy.rules().get(i), spec, at.at(i));
        }
    }

    private static void rule(PodFailurePolicyRule rule, JobSpec spec, FieldErrors errors) {
        Values.requiredOneOf(rule.action(), ACTIONS, errors.at("action"));
        if (rule.action().equals("FailIndex") && spec.backoffLimitPerIndex() == null) {
            errors.at("action")
                    .invalid(rule.action(), "requires the backoffLimitPerIndex to be set");
        }
        var codes = rule.onExitCodes();
        if (codes != null && !rule.onPodConditions().isEmpty()) {
            errors.invalid("", "specifying both OnExitCodes and OnPodConditions is not supported");
        }
        if (codes == null && rule.onPodConditions().isEmpty()) {
            errors.invalid("", "specifying one of OnExitCodes and OnPodConditions is required");
        }
        if (codes == null) {
            return;
        }
        var at = errors.at("onExitCodes");
        Values.requiredOneOf(codes.operator(), List.of("In", "NotIn"), at.at("operator"));
        if (codes.values().isEmpty()) {
            at.at("values").invalid(codes.values(), "at least one value is required");
        }
        if (codes.operator().equals("In") && codes.values().contains(0)) {
            at.at("values")
                    .at(codes.values().indexOf(0))
                    .invalid(0, "must not be 0 for the In operator");
        }
    }
}
