package io.coxswain.controllers.job;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.selector;
import static io.coxswain.client.fixture.Nouns.template;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.client.fixture.Nouns.viewAt;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.batch.Job;
import io.coxswain.api.batch.Job.JobCondition;
import io.coxswain.api.batch.Job.JobStatus;
import io.coxswain.api.batch.Job.UncountedTerminatedPods;
import io.coxswain.api.batch.JobSpec;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.fixture.PodNoun;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class JobControllerTest {

    private final JobController controller = new JobController();

    @Test
    void startsAsManyPodsAsMayRunAtOnce() {
        var plan = controller.reconcile(job(spec -> parts(spec, 2, 5)), view());

        assertThat(plan)
                .created(Pod.class)
                .hasSize(2)
                .allSatisfy(pod ->
                        Assertions.assertThat(pod.metadata().finalizers())
                                .contains(Tally.FINALIZER));
        Assertions.assertThat(status(plan).startTime()).isEqualTo(NOW);
    }

    @Test
    void countsAPodInThreeMovesSoThatNoneIsCountedTwice() {
        var job = job(spec -> parts(spec, 1, 2));
        var ended = mine("a").phase("Succeeded").finalizer(Tally.FINALIZER);

        var noted = controller.reconcile(job, view(ended));
        Assertions.assertThat(uncounted(noted).succeeded()).containsExactly("pod-a-uid");
        Assertions.assertThat(status(noted).succeeded()).isZero();
        Assertions.assertThat(noted.stages().get(1))
                .singleElement()
                .isInstanceOf(Step.PatchObject.class);

        var listed = with(job, new UncountedTerminatedPods(List.of("pod-a-uid"), List.of()));
        var counted = controller.reconcile(listed, view(mine("a").phase("Succeeded")));
        Assertions.assertThat(status(counted).succeeded()).isEqualTo(1);
        Assertions.assertThat(uncounted(counted).succeeded()).isEmpty();

        var gone = controller.reconcile(listed, view());
        Assertions.assertThat(status(gone).succeeded()).isEqualTo(1);
    }

    @Test
    void completesWhenEnoughHaveSucceeded() {
        var job =
                Edit.with(
                        job(spec -> parts(spec, 1, 1)),
                        Job::status,
                        Edit.of(JobStatus.class).set(JobStatus::succeeded, 1).done());

        var plan = controller.reconcile(job, view());

        Assertions.assertThat(status(plan).conditions())
                .extracting(JobCondition::type)
                .containsExactly("SuccessCriteriaMet", "Complete");
        Assertions.assertThat(status(plan).completionTime()).isEqualTo(NOW);
        assertThat(plan).events().containsExactly("Completed: Job completed");
    }

    @Test
    void failsBeyondTheBackoffLimitAndEndsWhatRuns() {
        var job =
                Edit.with(
                        job(spec -> Edit.with(parts(spec, 2, 5), JobSpec::backoffLimit, 1)),
                        Job::status,
                        Edit.of(JobStatus.class).set(JobStatus::failed, 2).done());

        var ending = controller.reconcile(job, view(mine("a").running()));
        assertThat(ending).deletesOnly("a");
        Assertions.assertThat(status(ending).conditions())
                .singleElement()
                .extracting(JobCondition::type)
                .isEqualTo("FailureTarget");

        var ended = controller.reconcile(job, view());
        assertThat(ended)
                .events()
                .containsExactly(
                        "BackoffLimitExceeded: Job has reached the specified backoff limit");
    }

    @Test
    void waitsAfterAFailure() {
        var job = job(spec -> parts(spec, 1, 1));
        var failed = mine("a").phase("Failed").created(NOW.minusSeconds(4));

        assertThat(controller.reconcile(job, view(failed)))
                .creates(0)
                .looksAgainIn(Duration.ofSeconds(6));
    }

    @Test
    void givesEachPodOfAnIndexedJobItsPart() {
        var job = job(spec -> Edit.with(parts(spec, 3, 4), JobSpec::completionMode, "Indexed"));
        var running = mine("a").running().annotated(Indexes.ANNOTATION, "1");

        assertThat(controller.reconcile(job, view(running)))
                .created(Pod.class)
                .extracting(Indexes::of)
                .containsExactly(0, 2);
    }

    @Test
    void aDeadlineEndsTheJob() {
        var job =
                Edit.with(
                        job(spec ->
                                Edit.with(parts(spec, 1, 1), JobSpec::activeDeadlineSeconds, 60L)),
                        Job::status,
                        Edit.of(JobStatus.class).set(JobStatus::startTime, NOW).done());

        assertThat(controller.reconcile(job, viewAt(NOW.plusSeconds(20), mine("a").running())))
                .looksAgainIn(Duration.ofSeconds(40));
        assertThat(controller.reconcile(job, viewAt(NOW.plusSeconds(60), mine("a").running())))
                .deletesOnly("a");
    }

    @Test
    void aSuspendedJobLetsItsPodsGo() {
        var job = job(spec -> Edit.with(parts(spec, 1, 1), JobSpec::suspend, true));

        var plan = controller.reconcile(job, view(mine("a").running()));

        assertThat(plan).deletesOnly("a").events().containsExactly("Suspended: Job suspended");
        Assertions.assertThat(status(plan).startTime()).isNull();
    }

    @Test
    void finishedJobsGoWhenTheirTimeIsUp() {
        var done =
                Edit.with(
                        job(spec -> Edit.with(spec, JobSpec::ttlSecondsAfterFinished, 30)),
                        Job::status,
                        Edit.of(JobStatus.class)
                                .set(
                                        JobStatus::conditions,
                                        List.of(
                                                new JobCondition(
                                                        "Complete", "True", NOW, NOW, "", "")))
                                .done());

        assertThat(new FinishedJobs().reconcile(done, view())).looksAgainIn(Duration.ofSeconds(30));
        assertThat(new FinishedJobs().reconcile(done, viewAt(NOW.plusSeconds(30))))
                .deletesOnly("pi");
    }

    @Test
    void indexesAreWrittenAsRanges() {
        Assertions.assertThat(Indexes.format(Indexes.parse("7,1,3-5,x,2"))).isEqualTo("1-5,7");
        Assertions.assertThat(Indexes.format(Indexes.parse("1,2,4"))).isEqualTo("1,2,4");
        Assertions.assertThat(Indexes.parse("")).isEmpty();
    }

    private static JobSpec parts(JobSpec spec, int parallelism, int completions) {
        return Edit.of(spec)
                .set(JobSpec::parallelism, parallelism)
                .set(JobSpec::completions, completions)
                .done();
    }

    private static Job job(UnaryOperator<JobSpec> change) {
        return any(Job.class, "pi")
                .set(
                        Job::spec,
                        change.apply(
                                Edit.of(JobSpec.class)
                                        .set(JobSpec::selector, selector("job", "pi"))
                                        .set(JobSpec::template, template("job", "pi"))
                                        .done()))
                .build();
    }

    private static Job with(Job job, UncountedTerminatedPods uncounted) {
        return Edit.with(
                job,
                Job::status,
                Edit.with(job.status(), JobStatus::uncountedTerminatedPods, uncounted));
    }

    private static PodNoun mine(String name) {
        return pod(name).labelled("job", "pi").ownedBy(job(spec -> spec));
    }

    private static UncountedTerminatedPods uncounted(Plan plan) {
        return Objects.requireNonNull(status(plan).uncountedTerminatedPods());
    }

    private static JobStatus status(Plan plan) {
        return plan.steps()
                .filter(Step.UpdateStatus.class::isInstance)
                .map(step -> ((Job) ((Step.UpdateStatus) step).object()).status())
                .findFirst()
                .orElseThrow();
    }
}
