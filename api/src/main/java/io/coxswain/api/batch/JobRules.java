package io.coxswain.api.batch;

import io.coxswain.api.batch.JobSpec.PodFailurePolicy;
import io.coxswain.api.batch.JobSpec.PodFailurePolicyOnPodConditionsPattern;
import io.coxswain.api.batch.JobSpec.PodFailurePolicyRule;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults of Jobs, the labels by which a Job knows its pods, and what an update may change.
final class JobRules {

    private static final String UID = "batch.kubernetes.io/controller-uid";
    private static final String NAME = "batch.kubernetes.io/job-name";
    private static final int RETRIES = 6;

    private JobRules() {}

    static Job withDefaults(Job job) {
        var spec = job.spec();
        var edit = Edit.of(spec);
        if (spec.completions() == null && spec.parallelism() == null) {
            edit.set(JobSpec::completions, 1);
        }
        var retries = spec.backoffLimitPerIndex() == null ? RETRIES : Integer.MAX_VALUE;
        edit.set(JobSpec::parallelism, Objects.requireNonNullElse(spec.parallelism(), 1))
                .set(
                        JobSpec::backoffLimit,
                        Objects.requireNonNullElse(spec.backoffLimit(), retries))
                .set(
                        JobSpec::completionMode,
                        Objects.requireNonNullElse(spec.completionMode(), "NonIndexed"))
                .set(JobSpec::suspend, Objects.requireNonNullElse(spec.suspend(), false))
                .set(
                        JobSpec::manualSelector,
                        Objects.requireNonNullElse(spec.manualSelector(), false))
                .set(JobSpec::template, PodDefaults.template(spec.template()))
                .set(JobSpec::podFailurePolicy, failurePolicy(spec.podFailurePolicy()));
        if (spec.podReplacementPolicy() == null) {
            edit.set(
                    JobSpec::podReplacementPolicy,
                    spec.podFailurePolicy() == null ? "TerminatingOrFailed" : "Failed");
        }
        var labelled =
                job.metadata().labels().isEmpty()
                        ? Edit.with(
                                job.metadata(),
                                ObjectMeta::labels,
                                spec.template().metadata().labels())
                        : job.metadata();
        return Edit.of(job).set(Job::metadata, labelled).set(Job::spec, edit.done()).done();
    }

    /// A condition is looked for with the status `True` unless another is named.
    private static @Nullable PodFailurePolicy failurePolicy(@Nullable PodFailurePolicy policy) {
        return policy == null
                ? null
                : new PodFailurePolicy(
                        policy.rules().stream()
                                .map(rule ->
                                        new PodFailurePolicyRule(
                                                rule.action(),
                                                rule.onExitCodes(),
                                                rule.onPodConditions().stream()
                                                        .map(JobRules::pattern)
                                                        .toList()))
                                .toList());
    }

    private static PodFailurePolicyOnPodConditionsPattern pattern(
            PodFailurePolicyOnPodConditionsPattern pattern) {
        return pattern.status().isEmpty()
                ? new PodFailurePolicyOnPodConditionsPattern(pattern.type(), "True")
                : pattern;
    }

    /// A Job finds its pods by its own uid, unless the user insists on another selector.
    static Job prepareForCreate(Job job) {
        if (Boolean.TRUE.equals(job.spec().manualSelector())) {
            return job;
        }
        var template = job.spec().template();
        var labels = new LinkedHashMap<>(template.metadata().labels());
        labels.put("controller-uid", job.uid());
        labels.put("job-name", job.name());
        labels.put(UID, job.uid());
        labels.put(NAME, job.name());
        var labelled =
                new PodTemplateSpec(
                        Edit.with(template.metadata(), ObjectMeta::labels, labels),
                        template.spec());
        var edit = Edit.of(job.spec()).set(JobSpec::template, labelled);
        if (job.spec().selector() == null) {
            edit.set(JobSpec::selector, new LabelSelector(Map.of(UID, job.uid()), List.of()));
        }
        var metadata = job.metadata();
        return Edit.of(job)
                .set(
                        Job::metadata,
                        metadata.labels().isEmpty()
                                ? Edit.with(metadata, ObjectMeta::labels, labels)
                                : metadata)
                .set(Job::spec, edit.done())
                .done();
    }

    static void update(Job old, Job updated, FieldErrors errors) {
        JobValidation.check(updated, errors);
        var before = old.spec();
        var after = updated.spec();
        var at = errors.at("spec");
        completions(before, after, at.at("completions"));
        Values.immutable(before.selector(), after.selector(), at.at("selector"));
        template(old, updated, at.at("template"));
        Values.immutable(before.completionMode(), after.completionMode(), at.at("completionMode"));
        Values.immutable(
                before.podFailurePolicy(), after.podFailurePolicy(), at.at("podFailurePolicy"));
        Values.immutable(before.successPolicy(), after.successPolicy(), at.at("successPolicy"));
        Values.immutable(
                before.backoffLimitPerIndex(),
                after.backoffLimitPerIndex(),
                at.at("backoffLimitPerIndex"));
        Values.immutable(before.managedBy(), after.managedBy(), at.at("managedBy"));
    }

    /// An indexed Job may grow or shrink if as many pods run at once as are to complete.
    private static void completions(JobSpec before, JobSpec after, FieldErrors errors) {
        if (Objects.equals(before.completions(), after.completions())) {
            return;
        }
        var elastic =
                "Indexed".equals(after.completionMode())
                        && after.completions() != null
                        && Objects.equals(before.parallelism(), before.completions())
                        && Objects.equals(after.parallelism(), after.completions());
        if (!elastic) {
            errors.invalid(after.completions(), "field is immutable");
        }
    }

    /// While a Job is suspended and has not begun, it may be told more about where its pods go.
    private static void template(Job old, Job updated, FieldErrors errors) {
        var before = old.spec().template();
        var after = updated.spec().template();
        var waiting = Boolean.TRUE.equals(old.spec().suspend()) && old.status().startTime() == null;
        if (waiting) {
            after =
                    new PodTemplateSpec(
                            Edit.of(after.metadata())
                                    .set(ObjectMeta::labels, before.metadata().labels())
                                    .set(ObjectMeta::annotations, before.metadata().annotations())
                                    .done(),
                            Edit.of(after.spec())
                                    .set(PodSpec::affinity, before.spec().affinity())
                                    .set(PodSpec::nodeSelector, before.spec().nodeSelector())
                                    .set(PodSpec::tolerations, before.spec().tolerations())
                                    .set(PodSpec::schedulingGates, before.spec().schedulingGates())
                                    .done());
        }
        if (!before.equals(after)) {
            errors.invalid(updated.spec().template(), "field is immutable");
        }
    }
}
