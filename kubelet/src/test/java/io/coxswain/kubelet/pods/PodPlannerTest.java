package io.coxswain.kubelet.pods;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Probe;
import io.coxswain.api.core.Probe.ExecAction;
import io.coxswain.api.schema.Edit;
import io.coxswain.kubelet.pod.BackOff;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pods.PodPlan.Kill;
import io.coxswain.kubelet.pods.PodPlan.Start;
import io.coxswain.kubelet.probes.ProbeResults;
import io.coxswain.kubelet.probes.ProbeResults.Verdict;
import io.coxswain.kubelet.probes.ProbeType;
import io.coxswain.kubelet.runtime.Container.State;
import io.coxswain.kubelet.testing.RuntimeStateOf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is decided for a pod, case by case.
class PodPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private final BackOff backOff = BackOff.standard();
    private ProbeResults probes = ProbeResults.NONE;
    private Map<String, Instant> stopping = Map.of();
    private boolean starting;

    private PodPlan plan(Pod pod, PodRuntimeState state, @Nullable Ending ending) {
        return PodPlanner.plan(
                new PodView(pod, state, probes, backOff, Map.of(), stopping, starting, ending),
                NOW);
    }

    private PodPlan plan(Pod pod, RuntimeStateOf state) {
        return plan(pod, state.done(), null);
    }

    private static RuntimeStateOf state(Pod pod) {
        return new RuntimeStateOf(pod, NOW.minusSeconds(600));
    }

    @Test
    void aNewPodGetsASandboxAndAllItsContainers() {
        var subject = pod("p").container(container("a")).container(container("b")).build();
        var plan = plan(subject, PodRuntimeState.EMPTY, null);
        assertThat(plan.sandboxAttempt()).isZero();
        assertThat(plan.starts()).containsExactly(new Start("a", 0), new Start("b", 0));
    }

    @Test
    void nothingIsStartedTwiceWhileAStartIsUnderWay() {
        starting = true;
        var subject = pod("p").container(container("a")).build();
        assertThat(plan(subject, PodRuntimeState.EMPTY, null).startsSomething()).isFalse();
    }

    @Test
    void withInitContainersOnlyTheFirstIsStarted() {
        var subject =
                pod("p").init(container("i"))
                        .init(container("j"))
                        .container(container("a"))
                        .build();
        assertThat(plan(subject, PodRuntimeState.EMPTY, null).starts())
                .containsExactly(new Start("i", 0));
        assertThat(plan(subject, state(subject).ready().exited("i", 0)).starts())
                .containsExactly(new Start("j", 0));
        assertThat(plan(subject, state(subject).ready().exited("i", 0).running("j")).starts())
                .isEmpty();
        assertThat(plan(subject, state(subject).ready().exited("i", 0).exited("j", 0)).starts())
                .containsExactly(new Start("a", 0));
    }

    @Test
    void initContainersAreNotRunAgainOnceAContainerWasMade() {
        var subject = pod("p").init(container("i")).container(container("a")).build();
        assertThat(plan(subject, state(subject).ready().running("a")).startsSomething()).isFalse();
    }

    @Test
    void theNextWaitsUntilASidecarHasStartedUp() {
        var proxy = Edit.with(container("s"), Container::startupProbe, exec());
        var subject = pod("p").sidecar(proxy).container(container("a")).build();
        probes = (id, type) -> type == ProbeType.STARTUP ? Verdict.UNKNOWN : Verdict.SUCCESS;
        assertThat(plan(subject, state(subject).ready().running("s")).starts()).isEmpty();
        probes = ProbeResults.NONE;
        assertThat(plan(subject, state(subject).ready().running("s")).starts())
                .containsExactly(new Start("a", 0));
    }

    @Test
    void policiesDecideWhetherAnExitedContainerStartsAgain() {
        for (var policy : List.of("Always", "OnFailure", "Never")) {
            for (var code : List.of(0, 1)) {
                var subject = pod("p").policy(policy).container(container("a")).build();
                var plan = plan(subject, state(subject).ready().exited("a", code));
                var again = policy.equals("Always") || (policy.equals("OnFailure") && code != 0);
                assertThat(plan.starts().isEmpty()).as(policy + code).isEqualTo(!again);
                assertThat(plan.over()).as(policy + code).isEqualTo(!again);
            }
        }
    }

    @Test
    void aCrashLoopWaitsForItsBackOff() {
        var subject = pod("p").container(container("a")).build();
        var crashed = state(subject).ready().exited("a", 1).done();
        var key = PodView.backOffKey(subject, PodContainer.regular(subject).getFirst());
        var end = crashed.containers().getFirst().finishedAt();
        backOff.next(key, end, NOW.minusSeconds(3));

        var plan = plan(subject, crashed, null);

        assertThat(plan.starts()).hasSize(1);
        var fresh = RuntimeStateOf.endedAt(crashed, NOW.minusSeconds(3));
        var waiting = plan(subject, fresh, null);
        assertThat(waiting.starts()).isEmpty();
        assertThat(waiting.waiting().get("a"))
                .isNotNull()
                .satisfies(problem ->
                        assertThat(problem.message())
                                .isEqualTo(
                                        "back-off 10s restarting failed container=a"
                                                + " pod=p_default(uid-p)"));
        assertThat(waiting.again()).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void aFailedLivenessProbeKillsWithItsOwnGrace() {
        var probe = Edit.with(exec(), Probe::terminationGracePeriodSeconds, 3L);
        var sick = Edit.with(container("a"), Container::livenessProbe, probe);
        var subject = pod("p").container(sick).build();
        probes = (id, type) -> type == ProbeType.LIVENESS ? Verdict.FAILURE : Verdict.SUCCESS;

        var plan = plan(subject, state(subject).ready().running("a"));

        assertThat(plan.kills())
                .containsExactly(
                        new Kill(
                                "a-0",
                                "a",
                                "Container a failed liveness probe, will be restarted",
                                3));
        stopping = Map.of("a-0", NOW.plusSeconds(3));
        assertThat(plan(subject, state(subject).ready().running("a")).kills()).isEmpty();
    }

    @Test
    void aChangedImageRestartsTheContainer() {
        var subject = pod("p").container(container("a")).build();
        var running = state(subject).ready().running("a");
        var changed =
                pod("p").container(Edit.with(container("a"), Container::image, "localhost/new:2"))
                        .build();
        assertThat(plan(changed, running).kills())
                .extracting(Kill::why)
                .containsExactly("Container a definition changed, will be restarted");
    }

    @Test
    void aLostSandboxIsReplacedAndAFinishedPodNeedsNone() {
        var subject = pod("p").container(container("a")).build();
        var lost = plan(subject, state(subject).notReady().exited("a", 137));
        assertThat(lost.sandboxAttempt()).isEqualTo(1);
        assertThat(lost.starts()).containsExactly(new Start("a", 1));

        var job = pod("p").policy("OnFailure").container(container("a")).build();
        var done = plan(job, state(job).notReady().exited("a", 0));
        assertThat(done.sandboxAttempt()).isNull();
        assertThat(done.over()).isTrue();
    }

    @Test
    void endingKillsAllButSidecarsFirstAndThenThoseBackwards() {
        var subject =
                pod("p").sidecar(container("s1"))
                        .sidecar(container("s2"))
                        .container(container("a"))
                        .build();
        var ending = new Ending("", "", NOW, NOW.plusSeconds(30));
        var all = state(subject).ready().running("s1").running("s2").running("a").done();
        assertThat(plan(subject, all, ending).kills())
                .extracting(Kill::container)
                .containsExactly("a");
        var rest = state(subject).ready().running("s1").running("s2").exited("a", 0).done();
        assertThat(plan(subject, rest, ending).kills())
                .extracting(Kill::container)
                .containsExactly("s2");
        var none = state(subject).ready().exited("a", 0).done();
        assertThat(plan(subject, none, ending).stopSandboxes()).isTrue();
    }

    @Test
    void aShorterGraceKillsAgainButTimePassingDoesNot() {
        var subject = pod("p").container(container("a")).build();
        var running = state(subject).ready().running("a").done();
        stopping = Map.of("a-0", NOW.plusSeconds(20));
        var sameDeadline = new Ending("", "", NOW.minusSeconds(10), NOW.plusSeconds(20));
        assertThat(plan(subject, running, sameDeadline).kills()).isEmpty();
        var sooner = new Ending("", "", NOW.minusSeconds(10), NOW.plusSeconds(1));
        assertThat(plan(subject, running, sooner).kills()).hasSize(1);
    }

    @Test
    void aContainerThatWasOnlyCreatedIsMadeAnew() {
        var subject = pod("p").container(container("a")).build();
        assertThat(plan(subject, state(subject).ready().in("a", State.CREATED)).starts())
                .containsExactly(new Start("a", 1));
    }

    @Test
    void backOffsDoubleAndStartOverAfterTenQuietMinutes() {
        var at = NOW;
        for (var seconds : List.of(10, 20, 40, 80, 160, 300, 300)) {
            backOff.next("k", at, at);
            assertThat(backOff.delay("k", at)).isEqualTo(Duration.ofSeconds(seconds));
        }
        assertThat(backOff.delay("k", at.plusSeconds(601))).isZero();
        backOff.next("k", at.plusSeconds(601), at.plusSeconds(601));
        assertThat(backOff.delay("k", at.plusSeconds(602))).isEqualTo(Duration.ofSeconds(10));
    }

    private static Probe exec() {
        return Edit.of(Probe.class).set(Probe::exec, new ExecAction(List.of("true"))).done();
    }
}
