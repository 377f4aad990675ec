package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.Durations;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/// Describes Jobs and CronJobs.
final class JobDescriber {

    private JobDescriber() {}

    static void job(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        var status = object.object("status");
        sheet.head(object, true);
        sheet.line(0, "Selector:\t" + WorkloadDescriber.selector(spec));
        sheet.marks(object);
        PodDescriber.owner(object, sheet);
        sheet.optional(0, "Parallelism", Trees.text(spec, "parallelism"));
        sheet.line(0, "Completions:\t" + unset(Trees.text(spec, "completions")));
        sheet.optional(0, "Completion Mode", spec.text("completionMode"));
        sheet.line(0, "Suspend:\t" + Trees.flag(spec, "suspend"));
        sheet.optional(0, "Backoff Limit", Trees.text(spec, "backoffLimit"));
        var ttl = Trees.text(spec, "ttlSecondsAfterFinished");
        sheet.optional(0, "TTL Seconds After Finished", ttl);
        var began = status.text("startTime");
        var ended = status.text("completionTime");
        sheet.optional(0, "Start Time", Sheet.date(began));
        sheet.optional(0, "Completed At", Sheet.date(ended));
        if (!began.isEmpty() && !ended.isEmpty()) {
            var took = Duration.between(Instant.parse(began), Instant.parse(ended));
            sheet.line(0, "Duration:\t" + Durations.text(took));
        }
        var limit = Trees.text(spec, "activeDeadlineSeconds");
        sheet.optional(0, "Active Deadline Seconds", limit.isEmpty() ? "" : limit + "s");
        var ready = Trees.text(status, "ready");
        sheet.line(
                0,
                "Pods Statuses:\t%d Active%s / %d Succeeded / %d Failed"
                        .formatted(
                                Trees.number(status, "active", 0),
                                ready.isEmpty() ? "" : " (" + ready + " Ready)",
                                Trees.number(status, "succeeded", 0),
                                Trees.number(status, "failed", 0)));
        if (spec.text("completionMode").equals("Indexed")) {
            var indexes = status.text("completedIndexes");
            sheet.line(0, "Completed Indexes:\t" + (indexes.isEmpty() ? "<none>" : indexes));
        }
        WorkloadDescriber.template(spec.object("template"), sheet);
    }

    static void cronJob(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        var job = Trees.object(spec, "jobTemplate", "spec");
        sheet.head(object, true);
        sheet.marks(object);
        sheet.line(0, "Schedule:\t" + spec.text("schedule"));
        sheet.optional(0, "Time Zone", spec.text("timeZone"));
        sheet.line(0, "Concurrency Policy:\t" + spec.text("concurrencyPolicy"));
        sheet.line(0, "Suspend:\t" + (Trees.flag(spec, "suspend") ? "True" : "False"));
        unset(sheet, "Successful Job History Limit", spec, "successfulJobsHistoryLimit");
        unset(sheet, "Failed Job History Limit", spec, "failedJobsHistoryLimit");
        var deadline = Trees.text(spec, "startingDeadlineSeconds");
        sheet.line(
                0,
                "Starting Deadline Seconds:\t" + (deadline.isEmpty() ? "<unset>" : deadline + "s"));
        sheet.line(0, "Selector:\t" + unset(WorkloadDescriber.selector(job)));
        unset(sheet, "Parallelism", job, "parallelism");
        unset(sheet, "Completions", job, "completions");
        WorkloadDescriber.template(job.object("template"), sheet);
        var last = Sheet.date(Trees.text(object, "status.lastScheduleTime"));
        sheet.line(0, "Last Schedule Time:\t" + unset(last));
        var active =
                Trees.objects(object, "status.active").stream()
                        .map(reference -> reference.text("name"))
                        .collect(Collectors.joining(", "));
        sheet.field(0, "Active Jobs", active);
    }

    private static String unset(String text) {
        return text.isEmpty() ? "<unset>" : text;
    }

    private static void unset(Sheet sheet, String title, Json.Obj from, String field) {
        sheet.line(0, title + ":\t" + unset(Trees.text(from, field)));
    }
}
