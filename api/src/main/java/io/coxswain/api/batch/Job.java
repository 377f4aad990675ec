package io.coxswain.api.batch;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.PatchMerge;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import java.time.Instant;
import java.util.List;
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
}
