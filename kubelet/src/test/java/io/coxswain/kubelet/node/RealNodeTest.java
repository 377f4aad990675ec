package io.coxswain.kubelet.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.NodeHost;
import io.coxswain.kubelet.image.NodeImages;
import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.Resources;
import io.coxswain.kubelet.runtime.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A whole node as root: what is started works, survives a crash, and leaves nothing behind.
@Tag("real")
class RealNodeTest {

    private static final String BRIDGE = "coxnode0";

    private final RealNode node = new RealNode(BRIDGE, "10.244.202.0/24");
    private final Cgroups cgroups = Cgroups.detect();
    private final String group = node.settings.cgroups().pod(CgroupTree.Qos.BURSTABLE, "u1");

    @BeforeEach
    void makeGroup() {
        var limits = new CgroupLimits(512L, 50_000L, 256L << 20, 100L, Map.of());
        cgroups.create(group, limits);
    }

    @AfterEach
    void leavesNothing() throws IOException {
        node.close();

        var home = node.home.toString();
        assertThat(Files.exists(node.home)).isFalse();
        assertThat(MountTable.read().under(node.home)).isEmpty();
        assertThat(node.commands.run("ip", "link", "show", BRIDGE).ok()).isFalse();
        assertThat(node.commands.run("ip", "route").output()).doesNotContain("10.244.202.");
        assertThat(ProcessHandle.allProcesses().filter(p -> line(p).contains(home))).isEmpty();
        assertThat(cgroups.exists(node.settings.cgroups().root())).isFalse();
        assertThat(node.commands.run("nft", "list", "tables").output())
                .doesNotContain("coxswain-host-ports");
    }

    @Test
    void aPodRunsLogsAndIsLimited() throws IOException {
        var pod = pod("demo");
        var sandbox = node.runtime.runSandbox(pod, null);
        var script = "echo hello; grep -c . /proc/1/cmdline; sleep 600";
        var id = run(sandbox, pod, "main", List.of("sh", "-c", script));

        var log = Path.of(pod.logDirectory() + "/main/0.log");
        RealNode.await(() -> read(log).contains("hello"));
        assertThat(Files.readString(log)).containsPattern("(?m)^2\\S+Z stdout F hello$");
        var exec = node.runtime.execSync(id, List.of("hostname"), Duration.ofSeconds(5));
        assertThat(exec.output()).isEqualTo("demo\n");
        assertLateCommandIsKilled(id);
        assertThat(cgroups.processes(group)).hasSizeGreaterThanOrEqualTo(2);
        assertThat(cgroups.usage(group).memoryBytes()).isPositive();
        assertThat(node.runtime.sandboxStats(sandbox).usage().memory()).isNotNull();
    }

    @Test
    void aContainerOverItsMemoryLimitIsOomKilled() {
        var pod = pod("greedy");
        var sandbox = node.runtime.runSandbox(pod, null);
        var config =
                ContainerConfig.of(
                                "main",
                                NodeImages.BUSYBOX,
                                List.of("sh", "-c", "x=a; while true; do x=$x$x; done"))
                        .limited(Resources.limits(2L, null, 16L << 20, -997));
        var id = node.runtime.createContainer(sandbox, config, pod);
        node.runtime.start(id);

        RealNode.await(() -> node.runtime.containerStatus(id).state() == Container.State.EXITED);

        assertThat(node.runtime.containerStatus(id).reason()).isEqualTo("OOMKilled");
    }

    @Test
    void theWebImageServesOnThePodsAddress() throws Exception {
        var importer = node.host.images();
        importer.load(NodeImages.web(node.commands, 1));
        assertThat(importer.names()).contains("localhost/coxswain/web:1", NodeImages.PAUSE);
        RealNode.await(() -> node.runtime.images().find("localhost/coxswain/web:1") != null);
        var pod = pod("web");
        var sandbox = node.runtime.runSandbox(pod, null);
        var config = ContainerConfig.of("web", "localhost/coxswain/web:1", List.of());
        var id = node.runtime.createContainer(sandbox, config, pod);
        node.runtime.start(id);
        var ip = node.runtime.sandboxStatus(sandbox).ips().getFirst();

        RealNode.await(() -> get("http://" + ip + "/").contains("web version 1 on web"));
        var before = Clock.SYSTEM.nanos();
        node.runtime.stop(id, Duration.ofSeconds(20));
        assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - before))
                .isLessThan(Duration.ofSeconds(5));
        node.runtime.stopSandbox(sandbox);
        node.runtime.removeSandbox(sandbox);
    }

    @Test
    void containerdIsTakenOverAndPodsSurviveItsDeath() {
        var pod = pod("steady");
        var sandbox = node.runtime.runSandbox(pod, null);
        var id = run(sandbox, pod, "main", List.of("sleep", "600"));
        var first = pid();

        NodeHost.start(node.settings, node.commands, Clock.SYSTEM).close();
        assertThat(pid()).isEqualTo(first);
        assertThat(session(first)).isNotEqualTo(session(ProcessHandle.current().pid()));

        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        RealNode.await(() -> !answers());
        NodeHost.start(node.settings, node.commands, Clock.SYSTEM).close();

        assertThat(pid()).isNotEqualTo(first);
        RealNode.await(this::answers);
        RealNode.await(() -> node.runtime.containerStatus(id).state() == Container.State.RUNNING);
    }

    @Test
    void stoppingCleansUpAfterADeadContainerd() {
        var pod = pod("orphan");
        var sandbox = node.runtime.runSandbox(pod, null);
        run(sandbox, pod, "main", List.of("sleep", "600"));

        ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
        RealNode.await(() -> !answers());
    }

    private void assertLateCommandIsKilled(String id) {
        var sleep = List.of("sleep", "12345");
        assertThatThrownBy(() -> node.runtime.execSync(id, sleep, Duration.ofSeconds(1)))
                .isInstanceOf(ContainerRuntimeException.class);
        RealNode.await(() ->
                cgroups.processes(group).stream()
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .noneMatch(p -> line(p).contains("12345")));
    }

    private SandboxConfig pod(String name) {
        return SandboxConfig.of(new PodIdentity(name, "default", "u1", 0))
                .loggingTo(node.home.resolve("logs/" + name).toString())
                .under(group);
    }

    private String run(String sandbox, SandboxConfig pod, String name, List<String> command) {
        var config = ContainerConfig.of(name, NodeImages.BUSYBOX, command);
        var id = node.runtime.createContainer(sandbox, config, pod);
        node.runtime.start(id);
        return id;
    }

    private boolean answers() {
        try {
            return node.runtime.status().runtimeReady();
        } catch (ContainerRuntimeException e) {
            return false;
        }
    }

    private long pid() {
        return Long.parseLong(read(node.home.resolve("containerd/containerd.pid")).strip());
    }

    /// The session is the sixth word of the process' state.
    private static String session(long pid) {
        return read(Path.of("/proc/" + pid + "/stat")).split(" ")[5];
    }

    private static String get(String url) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String line(ProcessHandle process) {
        return read(Path.of("/proc/" + process.pid() + "/cmdline"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
