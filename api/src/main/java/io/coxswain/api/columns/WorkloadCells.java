package io.coxswain.api.columns;

import io.coxswain.api.apps.ControllerRevision;
import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.batch.CronJob;
import io.coxswain.api.batch.Job;
import io.coxswain.api.core.PodTemplate;
import io.coxswain.api.core.ReplicationController;
import io.coxswain.base.HumanDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of the kinds that keep pods.
public final class WorkloadCells {

    /// The conditions that name the state of a Job, the most telling first.
    private static final List<String> JOB_ENDS = List.of("Complete", "Failed");

    private static final List<String> JOB_STATES =
            List.of("Suspended", "FailureTarget", "SuccessCriteriaMet");

    private WorkloadCells() {}

    public static List<@Nullable Object> deployment(Deployment deployment, Instant now) {
        var spec = deployment.spec();
        var status = deployment.status();
        return Cells.row(
                deployment.name(),
                status.readyReplicas() + "/" + Objects.requireNonNullElse(spec.replicas(), 0),
                status.updatedReplicas(),
                status.availableReplicas(),
                Cells.age(deployment, now),
                Cells.containers(spec.template().spec()),
                Cells.images(spec.template().spec()),
                Cells.selector(spec.selector()));
    }

    public static List<@Nullable Object> replicaSet(ReplicaSet set, Instant now) {
        var spec = set.spec();
        return Cells.row(
                set.name(),
                Objects.requireNonNullElse(spec.replicas(), 0),
                set.status().replicas(),
                set.status().readyReplicas(),
                Cells.age(set, now),
                Cells.containers(spec.template().spec()),
                Cells.images(spec.template().spec()),
                Cells.selector(spec.selector()));
    }

    public static List<@Nullable Object> replicationController(
            ReplicationController controller, Instant now) {
        var spec = controller.spec();
        var template = spec.template();
        return Cells.row(
                controller.name(),
                Objects.requireNonNullElse(spec.replicas(), 0),
                controller.status().replicas(),
                controller.status().readyReplicas(),
                Cells.age(controller, now),
                template == null ? "" : Cells.containers(template.spec()),
                template == null ? "" : Cells.images(template.spec()),
                Cells.labels(spec.selector()));
    }

    public static List<@Nullable Object> daemonSet(DaemonSet set, Instant now) {
        var spec = set.spec();
        var status = set.status();
        return Cells.row(
                set.name(),
                status.desiredNumberScheduled(),
                status.currentNumberScheduled(),
                status.numberReady(),
                status.updatedNumberScheduled(),
                status.numberAvailable(),
                Cells.labels(spec.template().spec().nodeSelector()),
                Cells.age(set, now),
                Cells.containers(spec.template().spec()),
                Cells.images(spec.template().spec()),
                Cells.selector(spec.selector()));
    }

    public static List<@Nullable Object> statefulSet(StatefulSet set, Instant now) {
        var spec = set.spec();
        return Cells.row(
                set.name(),
                set.status().readyReplicas() + "/" + Objects.requireNonNullElse(spec.replicas(), 0),
                Cells.age(set, now),
                Cells.containers(spec.template().spec()),
                Cells.images(spec.template().spec()));
    }

    public static List<@Nullable Object> controllerRevision(
            ControllerRevision revision, Instant now) {
        var owner =
                revision.metadata().ownerReferences().stream()
                        .filter(reference -> Boolean.TRUE.equals(reference.controller()))
                        .findFirst()
                        .map(reference ->
                                kindAndGroup(reference.kind(), reference.apiVersion())
                                        + "/"
                                        + reference.name())
                        .orElse(Cells.NONE);
        return Cells.row(revision.name(), owner, revision.revision(), Cells.age(revision, now));
    }

    public static List<@Nullable Object> podTemplate(PodTemplate kept, Instant now) {
        return Cells.row(
                kept.name(),
                Cells.containers(kept.template().spec()),
                Cells.images(kept.template().spec()),
                Cells.labels(kept.template().metadata().labels()));
    }

    public static List<@Nullable Object> job(Job job, Instant now) {
        var spec = job.spec();
        return Cells.row(
                job.name(),
                state(job),
                completions(job),
                duration(job, now),
                Cells.age(job, now),
                Cells.containers(spec.template().spec()),
                Cells.images(spec.template().spec()),
                Cells.selector(spec.selector()));
    }

    public static List<@Nullable Object> cronJob(CronJob cron, Instant now) {
        var spec = cron.spec();
        var last = cron.status().lastScheduleTime();
        var pods = spec.jobTemplate().spec().template().spec();
        return Cells.row(
                cron.name(),
                spec.schedule(),
                Objects.requireNonNullElse(spec.timeZone(), Cells.NONE),
                Cells.flag(spec.suspend()),
                cron.status().active().size(),
                last == null ? Cells.NONE : Cells.since(last, now),
                Cells.age(cron, now),
                Cells.containers(pods),
                Cells.images(pods),
                Cells.selector(spec.jobTemplate().spec().selector()));
    }

    /// `deployment.apps`.
    static String kindAndGroup(String kind, String apiVersion) {
        var slash = apiVersion.indexOf('/');
        var name = kind.toLowerCase(Locale.ROOT);
        return slash < 0 ? name : name + "." + apiVersion.substring(0, slash);
    }

    private static String state(Job job) {
        for (var type : JOB_ENDS) {
            if (has(job, type)) {
                return type;
            }
        }
        if (job.deleting()) {
            return "Terminating";
        }
        return JOB_STATES.stream().filter(type -> has(job, type)).findFirst().orElse("Running");
    }

    private static boolean has(Job job, String type) {
        return job.status().conditions().stream()
                .anyMatch(c -> c.type().equals(type) && c.status().equals("True"));
    }

    private static String completions(Job job) {
        var spec = job.spec();
        var done = job.status().succeeded();
        if (spec.completions() != null) {
            return done + "/" + spec.completions();
        }
        var parallel = Objects.requireNonNullElse(spec.parallelism(), 0);
        return parallel > 1 ? done + "/1 of " + parallel : done + "/1";
    }

    private static String duration(Job job, Instant now) {
        var start = job.status().startTime();
        if (start == null) {
            return "";
        }
        var end = Objects.requireNonNullElse(job.status().completionTime(), now);
        return HumanDuration.of(Duration.between(start, end));
    }
}
