package io.coxswain.kubelet;

import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.EnvVar;
import io.coxswain.api.core.Container.VolumeMount;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Probe;
import io.coxswain.api.core.Probe.HTTPGetAction;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.EmptyDirVolumeSource;
import io.coxswain.api.core.Volumes.SecretVolumeSource;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Quantity;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.HttpClient;
import io.coxswain.http.HttpServer;
import io.coxswain.http.Payload;
import io.coxswain.http.Peer;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.ServerOptions;
import io.coxswain.http.Upgrade;
import io.coxswain.http.stream.UpgradeOffer;
import io.coxswain.http.stream.command.RemoteCommandClient;
import io.coxswain.http.stream.forward.PortForwardClient;
import io.coxswain.kubelet.image.NodeImages;
import io.coxswain.kubelet.node.MountTable;
import io.coxswain.kubelet.node.RealNode;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.SandboxFilter;
import io.coxswain.kubelet.testing.MemoryApi;
import io.coxswain.kubelet.testing.Pods;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A kubelet on a real containerd, with everything but the API server.
@Tag("real")
@Timeout(120)
class RealPodTest {

    private final RealNode node = new RealNode("coxkub0", "10.244.203.0/24");
    private final MemoryApi api = new MemoryApi(Clock.SYSTEM);
    private ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);
    private Kubelet kubelet = start();

    private Kubelet start() {
        return start(
                KubeletConfiguration.defaults(
                        "node-1", List.of("10.244.203.1"), node.settings.kubelet()));
    }

    private Kubelet start(KubeletConfiguration config) {
        var edges = NodeEdges.of(node.host, node.settings, node.commands);
        var started = new Kubelet(config, api, api.informers(), edges, loops);
        started.start();
        return started;
    }

    /// As if this machine had less memory left than it has to have.
    private void restartShortOfMemory() {
        var config =
                KubeletConfiguration.defaults(
                        "node-1", List.of("10.244.203.1"), node.settings.kubelet());
        kubelet.stop();
        loops.close();
        loops = new ThreadLoops(Clock.SYSTEM);
        kubelet =
                start(
                        Edit.with(
                                config,
                                KubeletConfiguration::evictionHardMemoryBytes,
                                Long.MAX_VALUE));
    }

    private void restart() {
        kubelet.stop();
        loops.close();
        loops = new ThreadLoops(Clock.SYSTEM);
        kubelet = start();
    }

    @AfterEach
    void stop() {
        kubelet.stop();
        loops.close();
        node.close();
    }

    @Test
    void aPodLivesWithVolumesProbesLimitsAndLogs() throws IOException {
        api.put(secret());
        var script =
                "echo started $GREETING; cat /secret/key; echo; mkdir /tmp/w;"
                        + " echo ok > /data/live; exec httpd -f -p 8080 -h /data";
        api.put(pod("web").grace(3).spec(this::volumes).container(serving(script)).build());

        await(() -> phase("web").equals("Running") && ready("web"));

        await(() -> log("web").contains("s3cret"));
        assertThat(log("web")).isEqualTo("started hello\ns3cret\n");
        var status = get("web").status();
        assertThat(status.podIP()).startsWith("10.244.203.");
        assertThat(status.qosClass()).isEqualTo("Guaranteed");
        var volumes = node.settings.kubelet().resolve("pods/uid-web/volumes");
        assertThat(volumes.resolve("kubernetes.io~secret/secret/key")).hasContent("s3cret");
        assertThat(node.host.cgroups().exists(group("web"))).isTrue();
        assertThat(run("web", "hostname")).isEqualTo("web\n");
        assertThat(run("web", "cat /sys/fs/cgroup/memory/memory.limit_in_bytes"))
                .isEqualTo("67108864\n");
        var registered = api.find(Node.class, "", "node-1");
        assertThat(registered).isNotNull();

        var before = get("web");
        var containers = node.runtime.containers(ContainerFilter.ALL);
        restart();
        pass(Duration.ofSeconds(4));
        assertThat(node.runtime.containers(ContainerFilter.ALL)).isEqualTo(containers);
        assertThat(get("web").status()).isEqualTo(before.status());

        api.deletePod("default", "web", 3);
        await(() -> api.find(Pod.class, "default", "web") == null);
        await(() -> node.runtime.sandboxes(SandboxFilter.ALL).isEmpty());
        await(() -> !Files.exists(node.settings.kubelet().resolve("pods/uid-web")));
        assertThat(node.host.cgroups().exists(group("web"))).isFalse();
        assertThat(MountTable.read().under(node.settings.kubelet().resolve("pods"))).isEmpty();
    }

    @Test
    void aContainerThatFailsLeavesItsMessageAndIsStartedAgain() {
        var app = Pods.container("app", "sh", "-c", "echo bad luck > /dev/termination-log; exit 3");
        api.put(pod("bad").container(image(app)).build());

        await(() -> restarts("bad") >= 1);
        await(() -> waiting("bad").equals("CrashLoopBackOff"));

        var last = get("bad").status().containerStatuses().getFirst().lastState().terminated();
        assertThat(last).isNotNull();
        assertThat(last.message()).isEqualTo("bad luck\n");
        assertThat(last.exitCode()).isEqualTo(3);
        assertThat(last.reason()).isEqualTo("Error");
    }

    @Test
    void aNodeShortOfMemoryEndsPodsAndTakesNoMore() {
        api.put(pod("steady").container(image(Pods.container("app", "sleep", "600"))).build());
        await(() -> phase("steady").equals("Running"));

        restartShortOfMemory();

        await(() -> phase("steady").equals("Failed"));
        var status = get("steady").status();
        assertThat(status.reason()).isEqualTo("Evicted");
        assertThat(status.message()).startsWith("The node was low on resource: memory.");
        assertThat(status.conditions()).anyMatch(one -> one.type().equals("DisruptionTarget"));
        await(() -> pressed("MemoryPressure"));
        api.put(pod("late").container(image(Pods.container("app", "sleep", "600"))).build());
        await(() -> phase("late").equals("Failed"));
        assertThat(get("late").status().message()).contains("[MemoryPressure]");
    }

    private boolean pressed(String type) {
        return api.get(Node.class, "", "node-1").status().conditions().stream()
                .anyMatch(one -> one.type().equals(type) && one.status().equals("True"));
    }

    @Test
    void aProgramThatDoesNotExistIsReported() {
        api.put(pod("none").container(image(Pods.container("app", "/no/such"))).build());
        await(() -> waiting("none").equals("RunContainerError") || restarts("none") > 0);
        await(() -> waiting("none").equals("CrashLoopBackOff"));
    }

    @Test
    void aFailingLivenessProbeRestartsTheContainer() {
        var probe =
                Edit.of(Probe.class)
                        .set(Probe::exec, new Probe.ExecAction(List.of("cat", "/tmp/healthy")))
                        .set(Probe::periodSeconds, 1)
                        .set(Probe::failureThreshold, 1)
                        .set(Probe::initialDelaySeconds, 2)
                        .done();
        var app =
                Edit.with(
                        Pods.container(
                                "app",
                                "sh",
                                "-c",
                                "trap 'exit 0' TERM; while true; do sleep 0.1; done"),
                        Container::livenessProbe,
                        probe);
        api.put(pod("ill").grace(2).container(image(app)).build());

        await(() -> restarts("ill") >= 1);
    }

    @Test
    void commandsAndPortsAreReachedThroughTheServer() throws Exception {
        var script = "mkdir /w; echo served > /w/f; exec httpd -f -p 8080 -h /w";
        api.put(pod("web").container(image(Pods.container("app", "sh", "-c", script))).build());
        await(() -> phase("web").equals("Running"));
        var peer = Peer.inProcess("api server");
        try (var server =
                        HttpServer.start(
                                ServerOptions.loopback(),
                                request -> kubelet.server().handle(request.withPeer(peer)));
                var client =
                        HttpClient.to(
                                URI.create("http://127.0.0.1:" + server.port()),
                                ClientOptions.DEFAULT.withHttp2(false))) {
            var query =
                    Query.parse("input=1&output=1&error=1&command=sh&command=-c")
                            .with("command", "cat; exit 7");
            var offer = RemoteCommandClient.webSocketOffer();
            var answer =
                    upgrade(client, Request.get("/exec/default/web/app").withQuery(query), offer);
            var out = new ByteArrayOutputStream();
            var in = new ByteArrayInputStream("to and fro".getBytes(StandardCharsets.UTF_8));
            try (var command =
                    RemoteCommandClient.overWebSocket(
                            answer.connection(), offer.protocol(answer.headers()))) {
                var status = command.run(in, out, new ByteArrayOutputStream(), () -> null);
                assertThat(status.code()).as("%s", status).isEqualTo(7);
            }
            assertThat(out).hasToString("to and fro");

            var tunnel = PortForwardClient.webSocketOffer();
            var forward = upgrade(client, Request.get("/portForward/default/web"), tunnel);
            try (var ports = PortForwardClient.overWebSocket(forward.connection())) {
                var connection = ports.dial(8080);
                connection
                        .output()
                        .write("GET /f HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                assertThat(new String(connection.input().readAllBytes(), StandardCharsets.UTF_8))
                        .contains("served");
                assertThat(ports.dial(9).failure()).contains("refused");
            }
        }
    }

    private static Upgrade.Accepted upgrade(
            HttpClient client, Request request, UpgradeOffer offer) {
        return switch (client.upgrade(request.withHeaders(offer.headers()))) {
            case Upgrade.Accepted accepted -> accepted;
            case Upgrade.Refused(var response) ->
                    throw new AssertionError(response.status() + " " + response.body().text());
        };
    }

    private PodSpec volumes(PodSpec spec) {
        var data =
                Edit.of(Volume.class)
                        .set(Volume::name, "data")
                        .set(Volume::emptyDir, new EmptyDirVolumeSource("Memory", null))
                        .done();
        var source =
                Edit.of(SecretVolumeSource.class)
                        .set(SecretVolumeSource::secretName, "secret")
                        .done();
        var secret =
                Edit.of(Volume.class)
                        .set(Volume::name, "secret")
                        .set(Volume::secret, source)
                        .done();
        return Edit.with(spec, PodSpec::volumes, List.of(data, secret));
    }

    private static Secret secret() {
        var meta =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, "secret")
                        .set(ObjectMeta::namespace, "default")
                        .done();
        var data = Map.of("key", "s3cret".getBytes(StandardCharsets.UTF_8));
        return new Secret(meta, null, data, Map.of(), "Opaque");
    }

    private static Container image(Container container) {
        return Edit.with(container, Container::image, NodeImages.BUSYBOX);
    }

    private static Container serving(String script) {
        var limits = Map.of("cpu", Quantity.parse("500m"), "memory", Quantity.parse("64Mi"));
        var ready =
                Edit.of(Probe.class)
                        .set(
                                Probe::httpGet,
                                new HTTPGetAction(
                                        "/live", IntOrString.of(8080), "", "HTTP", List.of()))
                        .set(Probe::periodSeconds, 1)
                        .done();
        return Edit.of(image(Pods.container("app", "sh", "-c", script)))
                .set(Container::env, List.of(new EnvVar("GREETING", "hello", null)))
                .set(Container::readinessProbe, ready)
                .set(Container::resources, new ResourceRequirements(limits, limits, List.of()))
                .set(Container::volumeMounts, List.of(mount("data"), mount("secret")))
                .done();
    }

    private static VolumeMount mount(String name) {
        return Edit.of(VolumeMount.class)
                .set(VolumeMount::name, name)
                .set(VolumeMount::mountPath, "/" + name)
                .done();
    }

    private String group(String pod) {
        return node.settings.cgroups().pods() + "/poduid-" + pod;
    }

    private Pod get(String name) {
        return api.get(Pod.class, "default", name);
    }

    private String phase(String name) {
        return get(name).status().phase();
    }

    private boolean ready(String name) {
        return get(name).status().containerStatuses().stream().allMatch(c -> c.ready());
    }

    private int restarts(String name) {
        var all = get(name).status().containerStatuses();
        return all.isEmpty() ? 0 : all.getFirst().restartCount();
    }

    private String waiting(String name) {
        var all = get(name).status().containerStatuses();
        var waiting = all.isEmpty() ? null : all.getFirst().state().waiting();
        return waiting == null ? "" : waiting.reason();
    }

    private String log(String name) {
        return ask(Request.get("/containerLogs/default/" + name + "/app"));
    }

    private String run(String name, String command) {
        var query = Query.EMPTY.with("cmd", command);
        return ask(Request.of("POST", "/run/default/" + name + "/app").withQuery(query));
    }

    private String ask(Request request) {
        var response = kubelet.server().handle(request.withPeer(Peer.inProcess("api server")));
        return switch (response) {
            case Response.Full full -> full.body().text();
            case Response.Streaming streaming -> collect(streaming);
            case Response.Upgrade upgrade -> throw new AssertionError(upgrade);
        };
    }

    private static String collect(Response.Streaming streaming) {
        var out = new ByteArrayOutputStream();
        try {
            streaming
                    .producer()
                    .writeTo(
                            new Response.Sink() {
                                @Override
                                public void write(Payload frame) {
                                    out.writeBytes(frame.bytes());
                                }

                                @Override
                                public void flush() {}

                                @Override
                                public void onClose(Runnable callback) {}
                            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static void await(BooleanSupplier condition) {
        for (var i = 0; i < 1500; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            pass(Duration.ofMillis(20));
        }
        throw new AssertionError("it did not happen");
    }
}
