package io.coxswain.kubelet.pods;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodCondition;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.PodReadinessGate;
import io.coxswain.api.core.Probe;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import io.coxswain.kubelet.probes.ProbeResults;
import io.coxswain.kubelet.probes.ProbeResults.Verdict;
import io.coxswain.kubelet.testing.RuntimeStateOf;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// What the API shows of a pod, case by case.
class PodStatusesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T01:00:00Z");

    private ProbeResults probes = ProbeResults.NONE;

    private PodStatus status(Pod pod, PodRuntimeState state, boolean over) {
        var view = new StatusView(pod, state, Map.of(), probes, null, over, List.of("192.0.2.1"));
        return PodStatuses.of(view, NOW);
    }

    private static RuntimeStateOf state(Pod pod) {
        return new RuntimeStateOf(pod, NOW.minusSeconds(60));
    }

    private static PodCondition condition(PodStatus status, String type) {
        return Objects.requireNonNull(PodConditions.find(status, type));
    }

    @Test
    void thePhaseFollowsFromTheContainersAndThePolicy() {
        for (var policy : List.of("Always", "OnFailure", "Never")) {
            var subject =
                    pod("p").policy(policy)
                            .container(container("a"))
                            .container(container("b"))
                            .build();
            assertThat(status(subject, PodRuntimeState.EMPTY, false).phase()).isEqualTo("Pending");
            assertThat(status(subject, state(subject).ready().running("a").done(), false).phase())
                    .isEqualTo("Pending");
            var half = state(subject).ready().running("a").exited("b", 1).done();
            assertThat(status(subject, half, false).phase()).isEqualTo("Running");
            var good = state(subject).ready().exited("a", 0).exited("b", 0).done();
            assertThat(status(subject, good, !policy.equals("Always")).phase())
                    .isEqualTo(policy.equals("Always") ? "Running" : "Succeeded");
            var bad = state(subject).ready().exited("a", 0).exited("b", 1).done();
            assertThat(status(subject, bad, policy.equals("Never")).phase())
                    .isEqualTo(policy.equals("Never") ? "Failed" : "Running");
        }
    }

    @Test
    void aFinishedPodStaysFinished() {
        var subject = pod("p").policy("Never").container(container("a")).build();
        var over = status(subject, state(subject).ready().exited("a", 0).done(), true);
        var later = Edit.with(subject, Pod::status, over);
        var forgotten = status(later, PodRuntimeState.EMPTY, true);
        assertThat(forgotten.phase()).isEqualTo("Succeeded");
        assertThat(forgotten.containerStatuses()).isEqualTo(over.containerStatuses());
        assertThat(condition(over, "Ready").reason()).isEqualTo("PodCompleted");
        assertThat(condition(over, "Initialized").reason()).isEqualTo("PodCompleted");
    }

    @Test
    void aContainerIsReadyWhenItsProbeSaysSo() {
        var probe = Edit.of(RecordType.of(Probe.class).empty()).done();
        var app = Edit.with(container("a"), Container::readinessProbe, probe);
        var subject = pod("p").container(app).build();
        var running = state(subject).ready().running("a").done();
        probes = (id, type) -> Verdict.UNKNOWN;
        var unready = condition(status(subject, running, false), "ContainersReady");
        assertThat(unready.reason()).isEqualTo("ContainersNotReady");
        assertThat(unready.message()).isEqualTo("containers with unready status: [a]");
        probes = ProbeResults.NONE;
        assertThat(condition(status(subject, running, false), "Ready").status()).isEqualTo("True");
    }

    @Test
    void readinessGatesHoldThePodBackAndOthersConditionsAreKept() {
        var gated =
                pod("p").spec(spec ->
                                Edit.with(
                                        spec,
                                        PodSpec::readinessGates,
                                        List.of(new PodReadinessGate("lb"))))
                        .container(container("a"))
                        .build();
        var running = state(gated).ready().running("a").done();
        assertThat(condition(status(gated, running, false), "Ready").message())
                .isEqualTo("corresponding condition of pod readiness gate \"lb\" does not exist.");
        var open = new PodCondition("lb", 0, "True", null, null, "", "");
        var told =
                Edit.with(
                        gated,
                        Pod::status,
                        Edit.with(gated.status(), PodStatus::conditions, List.of(open)));
        var status = status(told, running, false);
        assertThat(condition(status, "Ready").status()).isEqualTo("True");
        assertThat(condition(status, "lb")).isEqualTo(open);
    }

    @Test
    void theSameViewAgainGivesTheSameStatus() {
        var subject = pod("p").container(container("a")).build();
        var running = state(subject).ready().running("a").done();
        var first = status(subject, running, false);
        assertThat(status(Edit.with(subject, Pod::status, first), running, false)).isEqualTo(first);
    }

    @Test
    void aContainerThatVanishedIsReportedAsLost() {
        var subject = pod("p").policy("Never").container(container("a")).build();
        var before = status(subject, state(subject).ready().running("a").done(), false);
        var lost = status(Edit.with(subject, Pod::status, before), PodRuntimeState.EMPTY, true);
        var end = lost.containerStatuses().getFirst().state().terminated();
        assertThat(end).isNotNull();
        assertThat(end.reason()).isEqualTo("ContainerStatusUnknown");
        assertThat(end.exitCode()).isEqualTo(137);
        assertThat(lost.phase()).isEqualTo("Failed");
    }
}
