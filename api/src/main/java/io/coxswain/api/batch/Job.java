package io.coxswain.api.batch;

import io.coxswain.api.core.pods.PodWarnings;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.PatchMerge;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "batch", version = "v1", plural = "jobs", categories = "all")
public record Job(ObjectMeta metadata, JobSpec spec, JobStatus status) implements Resource {

    public record JobStatus(
            @PatchMerge("type") List<JobCondition> conditions,
            @Nullable Instant startTime,
            @Nullable Instant completionTime,
            int active,
            int succeeded,
            int failed,
            @Nullable Integer terminating,
            String completedIndexes,
            @Nullable String failedIndexes,
            @Nullable UncountedTerminatedPods uncountedTerminatedPods,
            @Nullable Integer ready) {}

    public record JobCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastProbeTime,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public record UncountedTerminatedPods(
            @ListSet List<String> succeeded, @ListSet List<String> failed) {}

    public static final Strategy<Job> STRATEGY =
            Strategy.<Job>standard()
                    .orphanDependents(
                            "child pods are preserved by default when jobs are deleted; set"
                                    + " propagationPolicy=Background to remove them or set"
                                    + " propagationPolicy=Orphan to suppress this warning")
                    .subresources("status")
                    .defaults(JobRules::withDefaults)
                    .beforeCreate(JobRules::prepareForCreate)
                    .validate(JobValidation::check)
                    .validateUpdate(JobRules::update)
                    .warnings((updated, old) ->
                            PodWarnings.of(
                                    updated.spec().template(),
                                    old == null ? null : old.spec().template()))
                    .fields(job ->
                            Map.of(
                                    "status.successful",
                                    Integer.toString(job.status().succeeded())));

    /// Whether it has completed or failed, for good.
    public boolean finished() {
        return status.conditions().stream()
                .anyMatch(c ->
                        c.status().equals("True")
                                && (c.type().equals("Complete") || c.type().equals("Failed")));
    }
}
