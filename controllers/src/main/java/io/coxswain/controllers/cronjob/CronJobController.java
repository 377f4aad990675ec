package io.coxswain.controllers.cronjob;

import static java.util.Comparator.comparing;

import io.coxswain.api.batch.CronJob;
import io.coxswain.api.batch.CronJob.CronJobStatus;
import io.coxswain.api.batch.Job;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.job.JobController;
import io.coxswain.controllers.pods.Owners;
import io.coxswain.controllers.pods.Templates;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Starts a Job at each time of a schedule, and forgets old ones.
///
/// Of several times that were missed only the last is made up for. The name of a Job is made from
/// its scheduled time, so that one time never leads to two Jobs.
public final class CronJobController implements Controller<CronJob> {

    private static final int MISSED_MAX = 100;

    /// What is to be done about the schedule.
    ///
    /// @param started the time for which a Job is started; null when none is
    private record Due(List<Step> before, List<Step> after, @Nullable Instant started) {
        static final Due NOTHING = new Due(List.of(), List.of(), null);
    }

    @Override
    public Plan reconcile(CronJob cron, View view) {
        if (cron.deleting()) {
            return Plan.NOTHING;
        }
        var jobs = view.owned(cron, Job.class).toList();
        var schedule = schedule(cron);
        if (schedule == null) {
            return Plan.of(unparsable(cron)).then(status(cron, jobs, null));
        }
        var zone = zone(cron);
        if (zone == null) {
            return Plan.of(
                            Step.warning(
                                    cron,
                                    "UnknownTimeZone",
                                    "invalid timeZone: \"" + cron.spec().timeZone() + "\""))
                    .then(status(cron, jobs, null));
        }
        var due =
                Boolean.TRUE.equals(cron.spec().suspend())
                        ? Due.NOTHING
                        : due(cron, jobs, schedule, zone, view.now());
        var plan =
                Plan.of(seen(cron, jobs).stream())
                        .then(Plan.of(tidy(cron, jobs).stream()))
                        .then(Plan.of(due.before().stream()))
                        .then(Plan.of(due.after().stream()))
                        .then(status(cron, jobs, due.started()));
        var next = schedule.next(view.now(), zone);
        return next == null || Boolean.TRUE.equals(cron.spec().suspend())
                ? plan
                : plan.again(Duration.between(view.now(), next));
    }

    private static Due due(
            CronJob cron, List<Job> jobs, CronSchedule schedule, ZoneId zone, Instant now) {
        var times = missed(cron, schedule, zone, now);
        if (times.isEmpty()) {
            return Due.NOTHING;
        }
        var time = times.getLast();
        var before = new ArrayList<Step>();
        if (times.size() >= MISSED_MAX) {
            before.add(
                    Step.warning(
                            cron,
                            "TooManyMissedTimes",
                            "too many missed start times. Set or decrease"
                                    + " .spec.startingDeadlineSeconds or check clock skew"));
        }
        var deadline = cron.spec().startingDeadlineSeconds();
        if (deadline != null && time.plusSeconds(deadline).isBefore(now)) {
            return new Due(
                    List.of(
                            Step.warning(
                                    cron,
                                    "MissSchedule",
                                    "Missed scheduled time to start a job: " + time)),
                    List.of(),
                    null);
        }
        var running = jobs.stream().filter(job -> !JobController.finished(job)).toList();
        if (!running.isEmpty() && cron.spec().concurrencyPolicy().equals("Forbid")) {
            return new Due(
                    List.of(
                            Step.event(
                                    cron,
                                    "JobAlreadyActive",
                                    "Not starting job because prior execution is running and"
                                            + " concurrency policy is Forbid")),
                    List.of(),
                    null);
        }
        if (cron.spec().concurrencyPolicy().equals("Replace")) {
            running.forEach(job -> {
                before.add(new Step.Delete(job, "Background"));
                before.add(Step.event(cron, "SuccessfulDelete", "Deleted job " + job.name()));
            });
        }
        var job = job(cron, time);
        if (jobs.stream().noneMatch(known -> known.name().equals(job.name()))) {
            before.add(new Step.Create(job, true));
        }
        return new Due(
                before,
                List.of(Step.event(cron, "SuccessfulCreate", "Created job " + job.name())),
                time);
    }

    /// The scheduled times since the last that was served, at most so many.
    private static List<Instant> missed(
            CronJob cron, CronSchedule schedule, ZoneId zone, Instant now) {
        var from = cron.status().lastScheduleTime();
        if (from == null) {
            from = Objects.requireNonNullElse(cron.metadata().creationTimestamp(), now);
        }
        var deadline = cron.spec().startingDeadlineSeconds();
        if (deadline != null && from.isBefore(now.minusSeconds(deadline))) {
            from = now.minusSeconds(deadline);
        }
        var times = new ArrayList<Instant>();
        for (var next = schedule.next(from, zone);
                next != null && !next.isAfter(now);
                next = schedule.next(next, zone)) {
            times.add(next);
            if (times.size() > MISSED_MAX) {
                times.removeFirst();
            }
        }
        return times;
    }

    private static Job job(CronJob cron, Instant time) {
        var template = cron.spec().jobTemplate();
        var stamp = time.atZone(ZoneOffset.UTC).toInstant().toString();
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, cron.name() + "-" + time.getEpochSecond() / 60)
                        .set(ObjectMeta::namespace, cron.namespace())
                        .set(ObjectMeta::labels, template.metadata().labels())
                        .set(
                                ObjectMeta::annotations,
                                Templates.with(
                                        template.metadata().annotations(),
                                        Map.of(
                                                "batch.kubernetes.io/cronjob-scheduled-timestamp",
                                                stamp)))
                        .set(ObjectMeta::ownerReferences, List.of(Owners.controlledBy(cron)))
                        .done();
        return new Job(metadata, template.spec(), Edit.of(Job.JobStatus.class).done());
    }

    /// Tells of Jobs that were running and are over.
    private static List<Step> seen(CronJob cron, List<Job> jobs) {
        var active = new HashSet<String>();
        cron.status().active().forEach(reference -> active.add(reference.uid()));
        var steps = new ArrayList<Step>();
        for (var job : jobs) {
            if (active.contains(job.uid()) && JobController.finished(job)) {
                steps.add(
                        Step.event(
                                cron,
                                "SawCompletedJob",
                                "Saw completed job: "
                                        + job.name()
                                        + ", condition: "
                                        + (completed(job) ? "Complete" : "Failed")));
            }
        }
        return steps;
    }

    private static List<Step> tidy(CronJob cron, List<Job> jobs) {
        var steps = new ArrayList<Step>();
        var finished = jobs.stream().filter(JobController::finished).toList();
        var succeeded = finished.stream().filter(CronJobController::completed).toList();
        var failed = finished.stream().filter(job -> !completed(job)).toList();
        steps.addAll(oldest(succeeded, cron.spec().successfulJobsHistoryLimit(), 3));
        steps.addAll(oldest(failed, cron.spec().failedJobsHistoryLimit(), 1));
        return steps;
    }

    private static List<Step> oldest(List<Job> jobs, @Nullable Integer limit, int usual) {
        return jobs.stream()
                .sorted(comparing((Job job) -> started(job)).thenComparing(Resource::name))
                .limit(Math.max(0, jobs.size() - (limit == null ? usual : limit)))
                .<Step>map(job -> new Step.Delete(job, "Background"))
                .toList();
    }

    private static Instant started(Job job) {
        return Objects.requireNonNullElse(job.status().startTime(), Instant.MAX);
    }

    private static boolean completed(Job job) {
        return job.status().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Complete") && condition.status().equals("True"));
    }

    private static Step status(CronJob cron, List<Job> jobs, @Nullable Instant started) {
        var active =
                jobs.stream()
                        .filter(job -> !JobController.finished(job))
                        .map(job ->
                                new ObjectReference(
                                        "Job",
                                        job.namespace(),
                                        job.name(),
                                        job.uid(),
                                        "batch/v1",
                                        job.metadata().resourceVersion(),
                                        ""))
                        .toList();
        var known = ids(cron.status().active());
        var last =
                jobs.stream()
                        .map(job -> job.status().completionTime())
                        .filter(Objects::nonNull)
                        .max(Instant::compareTo)
                        .orElse(cron.status().lastSuccessfulTime());
        var status =
                Edit.of(cron.status())
                        // The version of a reference is of no interest: it alone is no change.
                        .set(
                                CronJobStatus::active,
                                known.equals(ids(active)) ? cron.status().active() : active)
                        .set(
                                CronJobStatus::lastScheduleTime,
                                started == null ? cron.status().lastScheduleTime() : started)
                        .set(CronJobStatus::lastSuccessfulTime, last)
                        .done();
        return Step.updateStatus(Edit.with(cron, CronJob::status, status));
    }

    private static Set<String> ids(List<ObjectReference> references) {
        var ids = new HashSet<String>();
        references.forEach(reference -> ids.add(reference.uid()));
        return ids;
    }

    private static @Nullable CronSchedule schedule(CronJob cron) {
        try {
            return CronSchedule.parse(cron.spec().schedule());
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static Step unparsable(CronJob cron) {
        return Step.warning(
                cron,
                "UnparseableSchedule",
                "unparseable schedule \"" + cron.spec().schedule() + "\"");
    }

    private static @Nullable ZoneId zone(CronJob cron) {
        var name = cron.spec().timeZone();
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
