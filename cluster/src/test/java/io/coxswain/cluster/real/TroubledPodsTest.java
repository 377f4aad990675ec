package io.coxswain.cluster.real;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Event;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.base.Clock;
import io.coxswain.client.ListQuery;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes wrong in a pod is told in the words that users of Kubernetes know, and mended the way
/// they expect. All pods start at once; each test looks at its own.
@Tag("real")
class TroubledPodsTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir static Path home;

    private static Up up;

    @BeforeAll
    static void start() throws IOException {
        up = Up.withNode(home);
        up.apply(Files.readString(Path.of("src/test/resources/real/troubled-pods.yaml")));
        for (var file : List.of("crashing.yaml", "bad-image.yaml", "unschedulable.yaml")) {
            up.kubectl("apply", "-f", Program.example(file).toString());
        }
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void aContainerThatFailsBacksOff() {
        var status = waiting("crashing", "CrashLoopBackOff");

        assertThat(message(status))
                .matches("back-off \\d+s restarting failed container=main pod=crashing_default.*");
        var last = requireNonNull(status.lastState().terminated());
        assertThat(last.exitCode()).isEqualTo(3);
        assertThat(last.reason()).isEqualTo("Error");
        assertThat(up.kubectl("get", "pod", "crashing")).contains("CrashLoopBackOff");
        assertThat(up.kubectl("logs", "crashing", "--previous")).isEqualTo("about to fail\n");
        await(
                "the event",
                () -> said("crashing", "BackOff").contains("Back-off restarting failed"));
    }

    @Test
    void anImageThatDoesNotExistIsSaidSo() {
        await("ErrImagePull", () -> said("bad-image", "Failed").contains("ErrImagePull"));
        var status = waiting("bad-image", "ImagePullBackOff");

        assertThat(message(status))
                .startsWith("Back-off pulling image \"localhost/coxswain/no-such-image:1\"");
        assertThat(said("bad-image", "Failed"))
                .contains("Failed to pull image \"localhost/coxswain/no-such-image:1\"");
        await(
                "the reason in the list",
                () -> up.kubectl("get", "pod", "bad-image").contains("ImagePullBackOff"));
    }

    @Test
    void aPodThatFitsNowhereIsToldWhy() {
        await("the event", () -> !said("unschedulable", "FailedScheduling").isEmpty());

        assertThat(said("unschedulable", "FailedScheduling"))
                .startsWith("0/1 nodes are available: 1 Insufficient cpu.");
        assertThat(up.kubectl("get", "pod", "unschedulable")).contains("Pending");
    }

    @Test
    void aPodThatMayNotRunHereIsToldWhy() {
        await("the event", () -> !said("elsewhere", "FailedScheduling").isEmpty());

        assertThat(said("elsewhere", "FailedScheduling"))
                .startsWith(
                        "0/1 nodes are available: 1 node(s) didn't match Pod's node"
                                + " affinity/selector.");
    }

    @Test
    void aContainerOverItsMemoryIsKilled() {
        var pod = await("greedy", one -> one.status().phase().equals("Failed"));
        var state = pod.status().containerStatuses().getFirst().state();
        var end = requireNonNull(state.terminated());

        assertThat(end.reason()).isEqualTo("OOMKilled");
        assertThat(end.exitCode()).isEqualTo(137);
    }

    @Test
    void aFailingLivenessProbeRestartsTheContainer() {
        await("ill", one -> restarts(one) > 0);

        assertThat(said("ill", "Unhealthy")).startsWith("Liveness probe failed:");
        assertThat(said("ill", "Killing"))
                .isEqualTo("Container main failed liveness probe, will be restarted");
    }

    @Test
    void onlyReadyPodsAreEndpoints() {
        await("shy", one -> one.status().phase().equals("Running"));
        await("an endpoint that is not ready", () -> endpoints("shy").equals(List.of(false)));
        assertThat(up.kubectl("get", "pod", "shy")).contains("0/1");
        await("the event", () -> said("shy", "Unhealthy").startsWith("Readiness probe failed:"));

        up.kubectl("exec", "shy", "--", "touch", "/tmp/ready");
        await("a ready endpoint", () -> endpoints("shy").equals(List.of(true)));

        up.kubectl("exec", "shy", "--", "rm", "/tmp/ready");
        await("an endpoint that is not ready", () -> endpoints("shy").equals(List.of(false)));
        assertThat(restarts(pod("shy"))).isZero();
    }

    @Test
    void anInitContainerThatFailsKeepsTheOthersWaiting() {
        var pod =
                await(
                        "never-begun",
                        one ->
                                one.status().initContainerStatuses().stream()
                                        .anyMatch(init -> reason(init).equals("CrashLoopBackOff")));
        var main = pod.status().containerStatuses().getFirst();

        assertThat(reason(main)).isEqualTo("PodInitializing");
        assertThat(pod.status().phase()).isEqualTo("Pending");
        assertThat(up.kubectl("get", "pod", "never-begun")).contains("Init:CrashLoopBackOff");
        await("init-fails", one -> one.status().phase().equals("Failed"));
        assertThat(up.kubectl("get", "pod", "init-fails")).contains("Init:Error");
    }

    @Test
    void aVolumeThatIsMissingIsSaidSo() {
        await("the event", () -> !said("volumeless", "FailedMount").isEmpty());

        assertThat(said("volumeless", "FailedMount"))
                .isEqualTo(
                        "MountVolume.SetUp failed for volume \"settings\" : configmap"
                                + " \"no-such-map\" not found");
        assertThat(up.kubectl("get", "pod", "volumeless")).contains("ContainerCreating");
    }

    @Test
    void aMissingConfigMapOfAVariableIsSaidSo() {
        var status = waiting("unconfigured", "CreateContainerConfigError");

        assertThat(message(status)).isEqualTo("configmap \"no-such-map\" not found");
    }

    /// Deletion runs the hook first, then SIGTERM; the trap writes what it saw to the host.
    @Test
    void deletionRunsTheHookAndThenAsksTheProgram() throws IOException {
        await("polite", one -> ready(one));
        assertThat(up.kubectl("delete", "pod", "polite", "--timeout=30s")).contains("deleted");

        assertThat(Files.readString(Path.of("/tmp/coxswain-polite/told")))
                .isEqualTo("hook\nterm\n");
        Program.run("rm", "-r", "/tmp/coxswain-polite");
    }

    @Test
    void aProgramThatDoesNotListenIsKilledAfterItsGracePeriod() {
        await("deaf", one -> ready(one));
        var started = Clock.SYSTEM.nanos();
        up.kubectl("delete", "pod", "deaf", "--timeout=30s");
        var taken = Duration.ofNanos(Clock.SYSTEM.nanos() - started);

        assertThat(taken).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(15));
    }

    @Test
    void aRuntimeClassNamesTheHandler() {
        await("classy", one -> ready(one));
        await("the event", () -> !said("odd", "FailedCreatePodSandBox").isEmpty());

        assertThat(said("odd", "FailedCreatePodSandBox"))
                .startsWith("Failed to create pod sandbox:")
                .contains("no-such-handler");
    }

    @Test
    void aPodMayComeTogetherWithItsNamespace() {
        up.kubectl(
                "wait", "--for=condition=Ready", "pod/early", "-n", "just-made", "--timeout=60s");
    }

    /// As `kubectl debug` does it: beside the program, with a view of its processes.
    @Test
    void aContainerIsAddedToARunningPod() {
        await("classy", one -> ready(one));
        var debug =
                """
                {"spec": {"ephemeralContainers": [{"name": "debug", "targetContainerName": "main",
                  "image": "localhost/coxswain/busybox:1",
                  "command": ["sh", "-c", "pidof sleep; sleep 3600"]}]}}
                """;
        var request =
                Request.of("PATCH", "/api/v1/namespaces/default/pods/classy/ephemeralcontainers")
                        .withBody(
                                "application/strategic-merge-patch+json",
                                Payload.of(debug.getBytes(StandardCharsets.UTF_8)));
        up.client().json(request);

        await("classy", one -> running(one.status().ephemeralContainerStatuses()));
        assertThat(up.kubectl("logs", "classy", "-c", "debug")).isEqualTo("1\n");
        assertThat(restarts(pod("classy"))).isZero();
    }

    private static boolean running(List<ContainerStatus> statuses) {
        return !statuses.isEmpty()
                && statuses.stream().allMatch(status -> status.state().running() != null);
    }

    @Test
    void aJobRunsToItsEnd() {
        up.kubectl("apply", "-f", Program.example("job.yaml").toString());
        up.kubectl("wait", "--for=condition=complete", "job/sum", "--timeout=60s");

        assertThat(up.kubectl("logs", "job/sum")).isEqualTo("42\n");
        assertThat(up.kubectl("get", "job", "sum")).contains("3/3");
    }

    private static ContainerStatus waiting(String name, String reason) {
        return await(
                        name,
                        pod ->
                                pod.status().containerStatuses().stream()
                                        .anyMatch(status -> reason(status).equals(reason)))
                .status()
                .containerStatuses()
                .getFirst();
    }

    private static String reason(ContainerStatus status) {
        var waiting = status.state().waiting();
        return waiting == null ? "" : waiting.reason();
    }

    private static String message(ContainerStatus status) {
        return requireNonNull(status.state().waiting()).message();
    }

    private static int restarts(Pod pod) {
        return pod.status().containerStatuses().stream()
                .mapToInt(ContainerStatus::restartCount)
                .sum();
    }

    private static boolean ready(Pod pod) {
        return pod.status().containerStatuses().stream().allMatch(ContainerStatus::ready)
                && pod.status().phase().equals("Running");
    }

    /// The newest message of the events of this reason.
    private static String said(String pod, String reason) {
        var about = "involvedObject.name=" + pod + ",reason=" + reason;
        return up
                .client()
                .list(Event.class, ListQuery.ALL.in("default").where(about))
                .items()
                .stream()
                .map(Event::message)
                .reduce("", (all, message) -> all.isEmpty() ? message : all + "\n" + message);
    }

    private static List<Boolean> endpoints(String service) {
        var slices = ListQuery.ALL.in("default").labelled("kubernetes.io/service-name=" + service);
        return up.client().list(EndpointSlice.class, slices).items().stream()
                .flatMap(slice -> slice.endpoints().stream())
                .map(endpoint -> Boolean.TRUE.equals(endpoint.conditions().ready()))
                .toList();
    }

    private static Pod pod(String name) {
        return up.client().get(Pod.class, "default", name);
    }

    private static Pod await(String name, Predicate<Pod> condition) {
        Program.await("pod " + name, SOON, () -> condition.test(pod(name)));
        return pod(name);
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        Program.await(what, SOON, condition);
    }
}
