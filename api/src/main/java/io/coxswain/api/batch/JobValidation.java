package io.coxswain.api.batch;

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
    private static final int INDEXES_SOFT_MAX = 100_000;
    private static final int FAILED_MAX = 100_000;
    private static final int FAILED_AND_PARALLEL_MAX = 10_000;

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
        JobPolicies.failure(spec, errors);
        JobPolicies.success(spec, errors);
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
        } else if (spec.podFailurePolicy() != null && !restart.equals("Never")) {
            errors.at("template")
                    .at("spec")
                    .at("restartPolicy")
                    .invalid(
                            restart,
                            "only \"Never\" is supported when podFailurePolicy is specified");
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
        if (indexed) {
            failedIndexes(spec, errors);
        }
        perIndex(spec.backoffLimitPerIndex(), indexed, errors.at("backoffLimitPerIndex"));
        perIndex(spec.maxFailedIndexes(), indexed, errors.at("maxFailedIndexes"));
        if (spec.maxFailedIndexes() != null && spec.backoffLimitPerIndex() == null) {
            errors.at("backoffLimitPerIndex").required("when maxFailedIndexes is specified");
        }
    }

    private static void failedIndexes(JobSpec spec, FieldErrors errors) {
        var failed = spec.maxFailedIndexes();
        var completions = spec.completions();
        var parallel = spec.parallelism();
        var at = errors.at("maxFailedIndexes");
        if (failed != null && completions != null && failed > completions) {
            at.invalid(failed, "must be less than or equal to completions");
        }
        if (failed != null && failed > FAILED_MAX) {
            at.invalid(failed, "must be less than or equal to " + FAILED_MAX);
        }
        if (completions == null
                || completions <= INDEXES_SOFT_MAX
                || spec.backoffLimitPerIndex() == null) {
            return;
        }
        var many =
                "must be less than or equal to "
                        + FAILED_AND_PARALLEL_MAX
                        + " when completions are above "
                        + INDEXES_SOFT_MAX
                        + " and used with backoff limit per index";
        if (failed == null) {
            at.required("must be specified when completions is above " + INDEXES_SOFT_MAX);
        } else if (failed > FAILED_AND_PARALLEL_MAX) {
            at.invalid(failed, many);
        }
        if (parallel != null && parallel > FAILED_AND_PARALLEL_MAX) {
            errors.at("parallelism").invalid(parallel, many);
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
}
