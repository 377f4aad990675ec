package io.coxswain.controllers.job;

import io.coxswain.api.batch.Job;
import io.coxswain.api.batch.Job.JobCondition;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// Deletes finished Jobs `ttlSecondsAfterFinished` after their end.
public final class FinishedJobs implements Controller<Job> {

    @Override
    public Plan reconcile(Job job, View view) {
        var seconds = job.spec().ttlSecondsAfterFinished();
        if (seconds == null || job.deleting() || !JobController.finished(job)) {
            return Plan.NOTHING;
        }
        var ended =
                job.status().conditions().stream()
                        .filter(condition ->
                                condition.type().equals("Complete")
                                        || condition.type().equals("Failed"))
                        .filter(condition -> condition.status().equals("True"))
                        .map(JobCondition::lastTransitionTime)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(Instant.EPOCH);
        var end = ended.plusSeconds(seconds);
        return end.isAfter(view.now())
                ? Plan.NOTHING.again(Duration.between(view.now(), end))
                : Plan.of(new Step.Delete(job, "Foreground"));
    }
}
