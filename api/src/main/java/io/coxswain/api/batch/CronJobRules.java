package io.coxswain.api.batch;

import io.coxswain.api.batch.CronJob.CronJobSpec;
import io.coxswain.api.batch.CronJob.JobTemplateSpec;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.MetadataRules;
import io.coxswain.api.validation.Values;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;

/// The defaults and rules of CronJobs.
final class CronJobRules {

    /// Eleven characters are left for what is added to make the name of a Job.
    private static final int NAME_MAX = 52;

    private static final List<String> CONCURRENCY = List.of("Allow", "Forbid", "Replace");

    private CronJobRules() {}

    static CronJob withDefaults(CronJob cron) {
        var spec = cron.spec();
        var job = spec.jobTemplate();
        var template =
                Edit.with(
                        job.spec(), JobSpec::template, PodDefaults.template(job.spec().template()));
        return Edit.with(
                cron,
                CronJob::spec,
                Edit.of(spec)
                        .set(
                                CronJobSpec::concurrencyPolicy,
                                spec.concurrencyPolicy().isEmpty()
                                        ? "Allow"
                                        : spec.concurrencyPolicy())
                        .set(
                                CronJobSpec::suspend,
                                Objects.requireNonNullElse(spec.suspend(), false))
                        .set(
                                CronJobSpec::successfulJobsHistoryLimit,
                                Objects.requireNonNullElse(spec.successfulJobsHistoryLimit(), 3))
                        .set(
                                CronJobSpec::failedJobsHistoryLimit,
                                Objects.requireNonNullElse(spec.failedJobsHistoryLimit(), 1))
                        .set(
                                CronJobSpec::jobTemplate,
                                new JobTemplateSpec(job.metadata(), template))
                        .done());
    }

    static void create(CronJob cron, FieldErrors errors) {
        updated(cron, errors);
        if (cron.name().length() > NAME_MAX) {
            errors.at("metadata")
                    .at("name")
                    .invalid(cron.name(), "must be no more than " + NAME_MAX + " characters");
        }
    }

    static void updated(CronJob cron, FieldErrors all) {
        var spec = cron.spec();
        var errors = all.at("spec");
        schedule(spec, errors);
        Values.nonNegative(spec.startingDeadlineSeconds(), errors.at("startingDeadlineSeconds"));
        Values.requiredOneOf(spec.concurrencyPolicy(), CONCURRENCY, errors.at("concurrencyPolicy"));
        Values.nonNegative(
                spec.successfulJobsHistoryLimit(), errors.at("successfulJobsHistoryLimit"));
        Values.nonNegative(spec.failedJobsHistoryLimit(), errors.at("failedJobsHistoryLimit"));
        var template = errors.at("jobTemplate");
        MetadataRules.labels(
                spec.jobTemplate().metadata().labels(), template.at("metadata").at("labels"));
        JobValidation.ofCronJob(spec.jobTemplate().spec(), template.at("spec"));
    }

    private static void schedule(CronJobSpec spec, FieldErrors errors) {
        if (spec.schedule().isEmpty()) {
            errors.at("schedule").required("");
        } else if (spec.schedule().contains("TZ")) {
            errors.at("schedule")
                    .invalid(
                            spec.schedule(),
                            "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        } else {
            var problem = CronSyntax.problem(spec.schedule());
            if (problem != null) {
                errors.at("schedule").invalid(spec.schedule(), problem);
            }
        }
        var zone = spec.timeZone();
        if (zone == null) {
            return;
        }
        if (zone.isEmpty()) {
            errors.at("timeZone").invalid(zone, "timeZone must be nil or non-empty string");
        } else if (zone.equalsIgnoreCase("Local")) {
            errors.at("timeZone")
                    .invalid(
                            zone,
                            "timeZone must be an explicit time zone as defined in"
                                    + " https://www.iana.org/time-zones");
        } else if (!isZone(zone)) {
            errors.at("timeZone").invalid(zone, "unknown time zone " + zone);
        }
    }

    private static boolean isZone(String name) {
        try {
            return name.equals("UTC")
                    || ZoneId.of(name).getId().contains("/")
                    || ZoneId.getAvailableZoneIds().contains(name);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
