package io.coxswain.api.batch;

import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(group = "batch", version = "v1", plural = "cronjobs", shortNames = "cj", categories = "all")
public record CronJob(ObjectMeta metadata, @Required CronJobSpec spec, CronJobStatus status)
        implements Resource {

    public record CronJobSpec(
            @Required String schedule,
            @Nullable String timeZone,
            @Nullable Long startingDeadlineSeconds,
            @OneOf({"Allow", "Forbid", "Replace"}) String concurrencyPolicy,
            @Nullable Boolean suspend,
            @Required JobTemplateSpec jobTemplate,
            @Nullable Integer successfulJobsHistoryLimit,
            @Nullable Integer failedJobsHistoryLimit) {}

    public record JobTemplateSpec(ObjectMeta metadata, JobSpec spec) {}

    public record CronJobStatus(
            List<ObjectReference> active,
            @Nullable Instant lastScheduleTime,
            @Nullable Instant lastSuccessfulTime) {}

    public static final Strategy<CronJob> STRATEGY =
            Strategy.<CronJob>standard()
                    .subresources("status")
                    .defaults(CronJobRules::withDefaults)
                    .validate(CronJobRules::create)
                    .validateUpdated(CronJobRules::updated);
}
