package io.coxswain.api.columns;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerState;
import io.coxswain.api.core.Pod.ContainerStateRunning;
import io.coxswain.api.core.Pod.ContainerStateTerminated;
import io.coxswain.api.core.Pod.ContainerStateWaiting;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PodCellsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aRunningPodShowsHowManyContainersAreReady() {
        var pod = pod("Running", List.of(), List.of(running("a"), running("b")));

        assertThat(PodCells.of(pod, NOW)).startsWith("web", "2/2", "Running", "0", "5m");
    }

    @Test
    void aCrashingContainerNamesItsReasonAndItsLastRestart() {
        var crashed =
                Edit.of(status("a", waiting("CrashLoopBackOff")))
                        .set(ContainerStatus::restartCount, 4)
                        .set(ContainerStatus::lastState, ended(1, "Error", NOW.minusSeconds(120)))
                        .done();

        var row = PodCells.of(pod("Running", List.of(), List.of(crashed)), NOW);

        assertThat(row).startsWith("web", "0/1", "CrashLoopBackOff", "4 (2m ago)");
    }

    @Test
    void anUnfinishedInitContainerHidesTheMainOnes() {
        var pod =
                pod(
                        "Pending",
                        List.of(
                                status("i", ended(0, "Completed", NOW)),
                                status("j", new ContainerState(null, started(), null))),
                        List.of(status("a", waiting("PodInitializing"))));

        assertThat(PodCells.of(pod, NOW)).startsWith("web", "0/1", "Init:1/2");
    }

    @Test
    void aFailedInitContainerShowsItsExitCode() {
        var pod =
                pod(
                        "Pending",
                        List.of(status("i", ended(3, "", NOW))),
                        List.of(status("a", waiting("PodInitializing"))));

        assertThat(PodCells.of(pod, NOW)).startsWith("web", "0/1", "Init:ExitCode:3");
    }

    @Test
    void aPodThatEndedIsCompleted() {
        var pod = pod("Succeeded", List.of(), List.of(status("a", ended(0, "Completed", NOW))));

        assertThat(PodCells.of(pod, NOW)).startsWith("web", "0/1", "Completed");
    }

    @Test
    void aPodUnderDeletionIsTerminating() {
        var pod = pod("Running", List.of(), List.of(running("a")));
        var marked =
                Edit.with(
                        pod,
                        Pod::metadata,
                        Edit.with(pod.metadata(), ObjectMeta::deletionTimestamp, NOW));

        assertThat(PodCells.of(marked, NOW)).startsWith("web", "1/1", "Terminating");
    }

    private static Pod pod(
            String phase, List<ContainerStatus> initial, List<ContainerStatus> main) {
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, "web")
                        .set(ObjectMeta::creationTimestamp, NOW.minusSeconds(300))
                        .done();
        var spec =
                Edit.of(PodSpec.class)
                        .set(PodSpec::initContainers, containers(initial))
                        .set(PodSpec::containers, containers(main))
                        .done();
        var status =
                Edit.of(PodStatus.class)
                        .set(PodStatus::phase, phase)
                        .set(PodStatus::initContainerStatuses, initial)
                        .set(PodStatus::containerStatuses, main)
                        .done();
        return new Pod(metadata, spec, status);
    }

    private static List<Container> containers(List<ContainerStatus> statuses) {
        return statuses.stream()
                .map(s -> Edit.of(Container.class).set(Container::name, s.name()).done())
                .toList();
    }

    private static ContainerStatus running(String name) {
        return Edit.of(status(name, new ContainerState(null, started(), null)))
                .set(ContainerStatus::ready, true)
                .done();
    }

    private static ContainerStatus status(String name, ContainerState state) {
        return Edit.of(ContainerStatus.class)
                .set(ContainerStatus::name, name)
                .set(ContainerStatus::state, state)
                .done();
    }

    private static ContainerState waiting(String reason) {
        return new ContainerState(new ContainerStateWaiting(reason, ""), null, null);
    }

    private static ContainerState ended(int code, String reason, @Nullable Instant at) {
        return new ContainerState(
                null,
                null,
                Edit.of(RecordType.of(ContainerStateTerminated.class).empty())
                        .set(ContainerStateTerminated::exitCode, code)
                        .set(ContainerStateTerminated::reason, reason)
                        .set(ContainerStateTerminated::finishedAt, at)
                        .done());
    }

    private static ContainerStateRunning started() {
        return new ContainerStateRunning(NOW);
    }
}
