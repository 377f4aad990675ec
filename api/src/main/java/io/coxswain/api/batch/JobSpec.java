package io.coxswain.api.batch;

import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record JobSpec(
        @Nullable Integer parallelism,
        @Nullable Integer completions,
        @Nullable Long activeDeadlineSeconds,
        @Nullable PodFailurePolicy podFailurePolicy,
        @Nullable SuccessPolicy successPolicy,
        @Nullable Integer backoffLimit,
        @Nullable Integer backoffLimitPerIndex,
        @Nullable Integer maxFailedIndexes,
        @Nullable LabelSelector selector,
        @Nullable Boolean manualSelector,
        @Required PodTemplateSpec template,
        @Nullable Integer ttlSecondsAfterFinished,
        @Nullable @OneOf({"Indexed", "NonIndexed"}) String completionMode,
        @Nullable Boolean suspend,
        @Nullable @OneOf({"Failed", "TerminatingOrFailed"}) String podReplacementPolicy,
        @Nullable String managedBy) {

    public record PodFailurePolicy(@Required List<PodFailurePolicyRule> rules) {}

    public record PodFailurePolicyRule(
            @Required @OneOf({"Count", "FailIndex", "FailJob", "Ignore"}) String action,
            @Nullable PodFailurePolicyOnExitCodesRequirement onExitCodes,
            List<PodFailurePolicyOnPodConditionsPattern> onPodConditions) {}

    public record PodFailurePolicyOnExitCodesRequirement(
            @Nullable String containerName,
            @Required @OneOf({"In", "NotIn"}) String operator,
            @Required @ListSet List<Integer> values) {}

    public record PodFailurePolicyOnPodConditionsPattern(
            @Required String type, @Always String status) {}

    public record SuccessPolicy(@Required List<SuccessPolicyRule> rules) {}

    public record SuccessPolicyRule(
            @Nullable String succeededIndexes, @Nullable Integer succeededCount) {}
}
