package io.coxswain.controllers.job;

import static java.util.Comparator.comparing;

import io.coxswain.api.batch.Job;
import io.coxswain.api.batch.Job.JobCondition;
import io.coxswain.api.batch.Job.JobStatus;
import io.coxswain.api.core.Pod;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Selection;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Claims;
import io.coxswain.controllers.pods.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs pods until enough of them have succeeded, or too many failed.
public final class JobController implements Controller<Job> {

    private static final int PODS_PER_ROUND_MAX = 500;
    private static final Duration BACK_OFF_MIN = Duration.ofSeconds(10);
    private static final Duration BACK_OFF_MAX = Duration.ofMinutes(10);
    private static final String OURS = "kubernetes.io/job-controller";

    /// Why a Job fails.
    private record Failure(String reason, String message) {}

    @Override
    public Plan reconcile(Job job, View view) {
        var manager = job.spec().managedBy();
        if ((manager != null && !manager.equals(OURS)) || Selection.of(selector(job)).empty()) {
            return Plan.NOTHING;
        }
        var claims = Claims.of(job, selector(job), Pod.class, view, pod -> !Pods.terminal(pod));
        if (job.deleting() || finished(job)) {
            return Plan.of(claims.owned().stream().flatMap(pod -> letGo(job, pod)));
        }
        var run = new Run(job, claims.owned(), view.now());
        return Plan.of(claims.steps().stream()).then(run.plan());
    }

    public static LabelSelector selector(Job job) {
        var selector = job.spec().selector();
        return selector == null ? Edit.of(LabelSelector.class).done() : selector;
    }

    public static boolean finished(Job job) {
        return has(job, "Complete") || has(job, "Failed");
    }

    static boolean has(Job job, String type) {
        var condition = condition(job, type);
        return condition != null && condition.status().equals("True");
    }

    static @Nullable JobCondition condition(Job job, String type) {
        return job.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    /// A pod of a Job that is over: nobody counts it any more.
    private static Stream<Step> letGo(Job job, Pod pod) {
        var steps = new ArrayList<Step>();
        if (Tally.tracked(pod)) {
            steps.add(Tally.release(pod));
        }
        if (!job.deleting() && Pods.active(pod)) {
            steps.add(Step.deletePod(job, pod));
        }
        return steps.stream();
    }

    /// One look at a Job that is not over.
    private static final class Run {
        private final Job job;
        private final List<Pod> pods;
        private final List<Pod> active;
        private final Instant now;
        private final FailurePolicy policy;
        private final Tally tally;
        private final List<JobCondition> conditions;
        private final List<Step> events = new ArrayList<>();
        private @Nullable Duration again;

        Run(Job job, List<Pod> pods, Instant now) {
            this.job = job;
            this.pods = pods;
            this.now = now;
            this.active = pods.stream().filter(Pods::active).toList();
            this.policy = new FailurePolicy(job);
            var ignored =
                    pods.stream()
                            .filter(Pods::failed)
                            .filter(pod -> policy.action(pod).equals("Ignore"))
                            .toList();
            this.tally = Tally.of(job, pods, ignored);
            this.conditions = new ArrayList<>(job.status().conditions());
        }

        Plan plan() {
            var work = decide();
            var plan =
                    Plan.of(Step.updateStatus(Edit.with(job, Job::status, status())))
                            .then(Plan.of(tally.releases().stream()))
                            .then(Plan.of(work.stream()))
                            .then(Plan.of(events.stream()));
            return again == null ? plan : plan.again(again);
        }

        private List<Step> decide() {
            var failure = failure();
            if (failure != null) {
                return end("FailureTarget", "Failed", failure);
            }
            if (succeeded()) {
                return end(
                        "SuccessCriteriaMet",
                        "Complete",
                        new Failure(
                                "CompletionsReached", "Reached expected number of succeeded pods"));
            }
            if (Boolean.TRUE.equals(job.spec().suspend())) {
                suspend();
                return delete(active.size());
            }
            resume();
            return manage();
        }

        /// First says that the Job will end, then, when no pod is left, that it has.
        private List<Step> end(String target, String end, Failure why) {
            put(target, "True", why.reason(), why.message());
            if (!active.isEmpty() || terminating() > 0) {
                return delete(active.size());
            }
            // The counts must be final when the end is announced.
            var open = tally.uncounted();
            if (open.succeeded().isEmpty() && open.failed().isEmpty()) {
                put(end, "True", why.reason(), why.message());
                events.add(
                        end.equals("Complete")
                                ? Step.event(job, "Completed", "Job completed")
                                : Step.warning(job, why.reason(), why.message()));
            }
            return List.of();
        }

        private @Nullable Failure failure() {
            var decided = condition(job, "FailureTarget");
            if (decided != null && decided.status().equals("True")) {
                return new Failure(decided.reason(), decided.message());
            }
            for (var pod : pods) {
                var message = Pods.failed(pod) ? policy.failsJob(pod) : null;
                if (message != null) {
                    return new Failure("PodFailurePolicy", message);
                }
            }
            if (tally.allFailed() > backoffLimit() || restartedTooOften()) {
                return new Failure(
                        "BackoffLimitExceeded", "Job has reached the specified backoff limit");
            }
            return pastDeadline()
                    ? new Failure(
                            "DeadlineExceeded", "Job was active longer than specified deadline")
                    : null;
        }

        private boolean restartedTooOften() {
            if (!job.spec().template().spec().restartPolicy().equals("OnFailure")) {
                return false;
            }
            var restarts =
                    active.stream()
                            .flatMap(pod ->
                                    Stream.concat(
                                            pod.status().containerStatuses().stream(),
                                            pod.status().initContainerStatuses().stream()))
                            .mapToInt(Pod.ContainerStatus::restartCount)
                            .sum();
            return backoffLimit() == 0 ? restarts > 0 : restarts >= backoffLimit();
        }

        private boolean pastDeadline() {
            var seconds = job.spec().activeDeadlineSeconds();
            var started = job.status().startTime();
            if (seconds == null || started == null || Boolean.TRUE.equals(job.spec().suspend())) {
                return false;
            }
            var deadline = started.plusSeconds(seconds);
            if (deadline.isAfter(now)) {
                lookAgain(Duration.between(now, deadline));
                return false;
            }
            return true;
        }

        private boolean succeeded() {
            var completions = job.spec().completions();
            var done = tally.allSucceeded(JobPods.indexed(job));
            return completions == null ? done > 0 && active.isEmpty() : done >= completions;
        }

        private void suspend() {
            if (!has(job, "Suspended")) {
                put("Suspended", "True", "JobSuspended", "Job suspended");
                events.add(Step.event(job, "Suspended", "Job suspended"));
            }
        }

        private void resume() {
            if (has(job, "Suspended")) {
                put("Suspended", "False", "JobResumed", "Job resumed");
                events.add(Step.event(job, "Resumed", "Job resumed"));
            }
        }

        private List<Step> manage() {
            var parallelism = job.spec().parallelism();
            var wanted = parallelism == null ? 1 : parallelism;
            var completions = job.spec().completions();
            var done = tally.allSucceeded(JobPods.indexed(job));
            if (completions != null) {
                wanted = Math.min(wanted, completions - done);
            } else if (done > 0) {
                wanted = Math.min(wanted, active.size());
            }
            if (active.size() > wanted) {
                return delete(active.size() - wanted);
            }
            var missing = wanted - active.size();
            if ("Failed".equals(job.spec().podReplacementPolicy())) {
                missing -= terminating();
            }
            if (missing <= 0) {
                return List.of();
            }
            var wait = backOff();
            if (wait != null) {
                lookAgain(wait);
                return List.of();
            }
            return create(Math.min(missing, PODS_PER_ROUND_MAX));
        }

        private List<Step> create(int count) {
            if (!JobPods.indexed(job)) {
                return Stream.generate(() -> Step.createPod(job, JobPods.create(job)))
                        .limit(count)
                        .toList();
            }
            var taken = new HashSet<>(tally.completed());
            active.forEach(pod -> taken.add(Indexes.of(pod)));
            var completions = job.spec().completions();
            return IntStream.range(0, completions == null ? 0 : completions)
                    .filter(index -> !taken.contains(index))
                    .limit(count)
                    .mapToObj(index -> Step.createPod(job, JobPods.create(job, index)))
                    .toList();
        }

        private List<Step> delete(int count) {
            return active.stream()
                    .sorted(comparing(Pods::scheduled).thenComparing(Pods::ready))
                    .limit(count)
                    .map(pod -> Step.deletePod(job, pod))
                    .toList();
        }

        /// How long to wait after the last failure: twice as long after each since the last
        /// success.
        private @Nullable Duration backOff() {
            var failures = pods.stream().filter(Pods::failed).map(Run::ended).sorted().toList();
            var lastSuccess =
                    pods.stream()
                            .filter(Pods::succeeded)
                            .map(Run::ended)
                            .max(Instant::compareTo)
                            .orElse(Instant.MIN);
            var since = failures.stream().filter(time -> time.isAfter(lastSuccess)).toList();
            if (since.isEmpty()) {
                return null;
            }
            var delay = BACK_OFF_MIN.multipliedBy(1L << Math.min(since.size() - 1, 10));
            var until =
                    since.getLast().plus(delay.compareTo(BACK_OFF_MAX) < 0 ? delay : BACK_OFF_MAX);
            return until.isAfter(now) ? Duration.between(now, until) : null;
        }

        private static Instant ended(Pod pod) {
            return pod.status().containerStatuses().stream()
                    .map(status -> status.state().terminated())
                    .filter(Objects::nonNull)
                    .map(Pod.ContainerStateTerminated::finishedAt)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .orElse(
                            Objects.requireNonNullElse(
                                    pod.metadata().creationTimestamp(), Instant.EPOCH));
        }

        private JobStatus status() {
            var suspended = Boolean.TRUE.equals(job.spec().suspend());
            var started = job.status().startTime();
            var indexed = JobPods.indexed(job);
            var complete =
                    conditions.stream().anyMatch(condition -> condition.type().equals("Complete"));
            return Edit.of(job.status())
                    .set(JobStatus::startTime, suspended ? null : started == null ? now : started)
                    .set(JobStatus::completionTime, complete ? now : null)
                    .set(JobStatus::active, active.size())
                    .set(JobStatus::ready, (int) active.stream().filter(Pods::ready).count())
                    .set(JobStatus::terminating, terminating())
                    .set(
                            JobStatus::succeeded,
                            indexed ? tally.completed().size() : tally.succeeded())
                    .set(JobStatus::failed, tally.failed())
                    .set(
                            JobStatus::completedIndexes,
                            indexed ? Indexes.format(tally.completed()) : "")
                    .set(JobStatus::uncountedTerminatedPods, tally.uncounted())
                    .set(JobStatus::conditions, List.copyOf(conditions))
                    .done();
        }

        private int terminating() {
            return (int) pods.stream().filter(pod -> pod.deleting() && !Pods.terminal(pod)).count();
        }

        private int backoffLimit() {
            var limit = job.spec().backoffLimit();
            return limit == null ? 6 : limit;
        }

        private void put(String type, String status, String reason, String message) {
            var known = condition(job, type);
            if (known != null && known.status().equals(status)) {
                return;
            }
            conditions.removeIf(condition -> condition.type().equals(type));
            conditions.add(new JobCondition(type, status, now, now, reason, message));
        }

        private void lookAgain(Duration delay) {
            again = again == null || delay.compareTo(again) < 0 ? delay : again;
        }
    }
}
