package io.coxswain.kubelet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every container runtime must do. An implementation gives a runtime, an image with a shell
/// that is present, and a way to let time pass.
public abstract class ContainerRuntimeContract {

    private static final List<String> FOR_EVER =
            List.of("sh", "-c", "trap 'exit 7' TERM; while true; do sleep 0.05; done");

    private final String uid = UUID.randomUUID().toString();

    protected abstract ContainerRuntime runtime();

    protected abstract String image();

    protected abstract String logRoot();

    /// The group that holds the groups of all pods of this suite.
    protected abstract String cgroup();

    protected abstract void pass(Duration time);

    @AfterEach
    void removeEverything() {
        for (var sandbox : runtime().sandboxes(SandboxFilter.ALL)) {
            if (sandbox.pod().uid().equals(uid)) {
                runtime().stopSandbox(sandbox.id());
                runtime().removeSandbox(sandbox.id());
            }
        }
    }

    @Test
    void saysWhatItIsAndThatItIsReady() {
        assertThat(runtime().version().url()).contains("://").doesNotEndWith("/");
        assertThat(runtime().status().runtimeReady()).isTrue();
        assertThat(runtime().status().networkReady()).isTrue();
        assertThat(runtime().cgroupDriver()).isNotNull();
    }

    @Test
    void aSandboxHasAnAddressAndKeepsItsLabels() {
        var config = sandboxConfig("web", 3).labelled(Map.of("app", "web", "run", uid));
        var id = runtime().runSandbox(config, null);

        var status = runtime().sandboxStatus(id);

        assertThat(status.ips()).hasSize(1).allMatch(ip -> ip.matches("[0-9.]+"));
        assertThat(status.sandbox().pod()).isEqualTo(config.pod());
        assertThat(status.sandbox().state()).isEqualTo(Sandbox.State.READY);
        assertThat(status.sandbox().labels()).isEqualTo(config.labels());
        assertThat(runtime().sandboxes(SandboxFilter.labelled(Map.of("run", uid))))
                .singleElement()
                .isEqualTo(status.sandbox());
        assertThat(runtime().sandboxes(SandboxFilter.labelled(Map.of("run", "other")))).isEmpty();
    }

    @Test
    void aSandboxInTheHostsNetworkHasNoAddressOfItsOwn() {
        var id = runtime().runSandbox(inHostNetwork(sandboxConfig("host", 0)), null);

        assertThat(runtime().sandboxStatus(id).ips()).isEmpty();
        assertThat(runtime().sandboxStatus(id).network()).isEqualTo(Namespaces.Mode.NODE);
    }

    @Test
    void twoSandboxesOfOnePodNeedDifferentAttempts() {
        runtime().runSandbox(sandboxConfig("web", 0), null);

        assertFails(
                Reason.ALREADY_EXISTS, () -> runtime().runSandbox(sandboxConfig("web", 0), null));
        assertThat(runtime().runSandbox(sandboxConfig("web", 1), null)).isNotEmpty();
    }

    @Test
    void stoppingAndRemovingASandboxTwiceIsASuccess() {
        var id = runtime().runSandbox(sandboxConfig("web", 0), null);

        runtime().stopSandbox(id);
        runtime().stopSandbox(id);
        assertThat(runtime().sandboxStatus(id).sandbox().state())
                .isEqualTo(Sandbox.State.NOT_READY);
        assertThat(runtime().sandboxes(new SandboxFilter(id, Sandbox.State.READY, Map.of())))
                .isEmpty();

        runtime().removeSandbox(id);
        runtime().removeSandbox(id);
        runtime().stopSandbox("no-such-sandbox");
        runtime().remove("no-such-container");
        assertThat(runtime().sandboxes(SandboxFilter.id(id))).isEmpty();
    }

    @Test
    void unknownIdsAreNotFound() {
        assertFails(Reason.NOT_FOUND, () -> runtime().sandboxStatus("no-such-sandbox"));
        assertFails(Reason.NOT_FOUND, () -> runtime().containerStatus("no-such-container"));
        assertFails(Reason.NOT_FOUND, () -> runtime().start("no-such-container"));
        assertFails(
                Reason.NOT_FOUND,
                () -> runtime().execSync("no-such", List.of("true"), Duration.ofSeconds(1)));
    }

    @Test
    void aContainerIsCreatedRunsAndEndsWithItsExitCode() {
        var pod = pod();
        var config = container("main", List.of("sh", "-c", "sleep 1; exit 3"));
        var id = runtime().createContainer(pod.id, config.labelled(Map.of("a", "b")), pod.config);

        assertThat(runtime().containerStatus(id).state()).isEqualTo(Container.State.CREATED);
        runtime().start(id);
        assertThat(runtime().containerStatus(id).state()).isEqualTo(Container.State.RUNNING);
        assertThat(runtime().containerStatus(id).startedAt()).isNotNull();
        awaitEnd(id);

        var end = runtime().containerStatus(id);
        assertThat(end.exitCode()).isEqualTo(3);
        assertThat(end.reason()).isEqualTo("Error");
        assertThat(end.finishedAt()).isAfter(end.startedAt());
        assertThat(end.labels()).isEqualTo(Map.of("a", "b"));
        assertThat(end.logPath()).isEqualTo(pod.config.logDirectory() + "/main/0.log");
        assertThat(runtime().containers(ContainerFilter.in(pod.id)))
                .singleElement()
                .satisfies(c -> {
                    assertThat(c.state()).isEqualTo(Container.State.EXITED);
                    assertThat(c.name()).isEqualTo("main");
                    assertThat(c.imageRef()).isEqualTo(end.imageRef());
                });
    }

    @Test
    void exitCodeZeroIsCompleted() {
        var id = run(pod(), "job", List.of("true"));
        awaitEnd(id);

        assertThat(runtime().containerStatus(id).exitCode()).isZero();
        assertThat(runtime().containerStatus(id).reason()).isEqualTo("Completed");
    }

    @Test
    void aContainerWhoseProgramIsMissingEndsWith128() {
        var pod = pod();
        var config = container("main", List.of("/no-such-program"));
        var id = runtime().createContainer(pod.id, config, pod.config);

        assertThatThrownBy(() -> runtime().start(id))
                .isInstanceOf(ContainerRuntimeException.class)
                .hasMessageContaining("no such file or directory");
        var status = runtime().containerStatus(id);
        assertThat(status.state()).isEqualTo(Container.State.EXITED);
        assertThat(status.exitCode()).isEqualTo(128);
        assertThat(status.reason()).isEqualTo("StartError");
    }

    @Test
    void stoppingLetsAContainerEndByItself() {
        var id = run(pod(), "main", FOR_EVER);
        pass(Duration.ofMillis(300));

        runtime().stop(id, Duration.ofSeconds(10));
        runtime().stop(id, Duration.ofSeconds(10));

        assertThat(runtime().containerStatus(id).exitCode()).isEqualTo(7);
    }

    @Test
    void stoppingWithoutPatienceKills() {
        var id = run(pod(), "main", FOR_EVER);

        runtime().stop(id, Duration.ZERO);

        assertThat(runtime().containerStatus(id).exitCode()).isEqualTo(137);
        assertThat(runtime().containerStatus(id).reason()).isEqualTo("Error");
    }

    @Test
    void removingAContainerKillsIt() {
        var pod = pod();
        var id = run(pod, "main", FOR_EVER);

        runtime().remove(id);
        runtime().remove(id);

        assertThat(runtime().containers(ContainerFilter.in(pod.id))).isEmpty();
    }

    @Test
    void removingASandboxRemovesItsContainers() {
        var pod = pod();
        var id = run(pod, "main", FOR_EVER);

        runtime().removeSandbox(pod.id);

        assertThat(runtime().containers(ContainerFilter.id(id))).isEmpty();
    }

    @Test
    void aContainerNeedsAnImageThatIsPresent() {
        var pod = pod();
        var config = ContainerConfig.of("main", "localhost/no/such:1", List.of("true"));

        assertFails(Reason.NOT_FOUND, () -> runtime().createContainer(pod.id, config, pod.config));
    }

    @Test
    void oneNameAndAttemptIsOneContainer() {
        var pod = pod();
        var config = container("main", List.of("true"));
        runtime().createContainer(pod.id, config, pod.config);

        assertFails(
                Reason.ALREADY_EXISTS, () -> runtime().createContainer(pod.id, config, pod.config));
        assertThat(runtime().createContainer(pod.id, config.attempt(1), pod.config)).isNotEmpty();
    }

    @Test
    void aCommandRunsInARunningContainer() {
        var id = run(pod(), "main", FOR_EVER);

        var result =
                runtime()
                        .execSync(
                                id, List.of("sh", "-c", "echo hi; exit 4"), Duration.ofSeconds(10));

        assertThat(result.output()).isEqualTo("hi\n");
        assertThat(result.exitCode()).isEqualTo(4);
    }

    @Test
    void aCommandThatTakesTooLongMissesItsDeadline() {
        var id = run(pod(), "main", FOR_EVER);

        assertFails(
                Reason.DEADLINE,
                () -> runtime().execSync(id, List.of("sleep", "30"), Duration.ofSeconds(1)));
    }

    @Test
    void aCommandNeedsARunningContainer() {
        var id = run(pod(), "main", List.of("true"));
        awaitEnd(id);

        assertFails(
                Reason.WRONG_STATE,
                () -> runtime().execSync(id, List.of("true"), Duration.ofSeconds(1)));
    }

    @Test
    void streamsAreServedAtAnAddress() {
        var pod = pod();
        var id = run(pod, "main", FOR_EVER);
        var streams = new ContainerRuntime.StreamRequest(id, false, true, true, true);

        assertThat(runtime().exec(streams, List.of("sh"))).hasScheme("http");
        assertThat(runtime().portForward(pod.id, List.of(80))).hasScheme("http");
    }

    @Test
    void limitsOfARunningContainerCanChange() {
        var id = run(pod(), "main", FOR_EVER);

        runtime().updateResources(id, Resources.limits(512L, 50_000L, 64L << 20, null), Map.of());

        assertFails(
                Reason.NOT_FOUND,
                () -> runtime().updateResources("no-such", Resources.NONE, Map.of()));
    }

    @Test
    void aRunningContainerUsesMemory() {
        var pod = pod();
        var id = run(pod, "main", FOR_EVER);

        var all = runtime().containerStats(ContainerFilter.in(pod.id));

        assertThat(all).singleElement().extracting(ContainerStats::id).isEqualTo(id);
        var memory = all.getFirst().usage().memory();
        assertThat(memory).isNotNull();
        assertThat(memory.workingSetBytes()).isPositive();
    }

    @Test
    void anImageIsFoundByNameAndById() {
        var image = runtime().images().find(image());

        assertThat(image).isNotNull();
        assertThat(runtime().images().find(image.id())).isEqualTo(image);
        assertThat(runtime().images().list()).contains(image);
        assertThat(image.tags()).contains(image());
        assertThat(image.sizeBytes()).isPositive();
        assertThat(runtime().images().find("localhost/no/such:1")).isNull();
        runtime().images().remove("localhost/no/such:1");
        assertThat(runtime().images().usage()).isNotEmpty();
    }

    private record Pod(String id, SandboxConfig config) {}

    private Pod pod() {
        var config = sandboxConfig("pod", 0);
        return new Pod(runtime().runSandbox(config, null), config);
    }

    private String run(Pod pod, String name, List<String> command) {
        var id = runtime().createContainer(pod.id, container(name, command), pod.config);
        runtime().start(id);
        return id;
    }

    private ContainerConfig container(String name, List<String> command) {
        return ContainerConfig.of(name, image(), command);
    }

    private SandboxConfig sandboxConfig(String name, int attempt) {
        return SandboxConfig.of(new PodIdentity(name, "default", uid, attempt))
                .loggingTo(logRoot() + "/default_" + name + "_" + uid)
                .under(cgroup());
    }

    private static SandboxConfig inHostNetwork(SandboxConfig config) {
        return new SandboxConfig(
                config.pod(),
                null,
                config.logDirectory(),
                config.dns(),
                config.ports(),
                config.labels(),
                config.annotations(),
                config.cgroupParent(),
                SecurityContext.in(Namespaces.HOST_NETWORK),
                config.sysctls(),
                config.overhead(),
                config.podResources());
    }

    private void awaitEnd(String id) {
        for (int i = 0; i < 100; i++) {
            if (runtime().containerStatus(id).state() == Container.State.EXITED) {
                return;
            }
            pass(Duration.ofMillis(100));
        }
        throw new AssertionError("container did not end: " + runtime().containerStatus(id));
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ContainerRuntimeException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }
}
