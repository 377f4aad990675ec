package io.coxswain.kubelet;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.VolumeMount;
import io.coxswain.api.core.Event;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.ConfigMapVolumeSource;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.ListQuery;
import io.coxswain.http.Peer;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.kubelet.containers.PodCgroups;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.fake.FakeRuntime;
import io.coxswain.kubelet.testing.FakeMounts;
import io.coxswain.kubelet.testing.MemoryApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole kubelet in simulated time over a runtime in memory; its files are real.
class KubeletTest {

    @TempDir private Path root = Path.of("unset");

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimulatedLoops loops = new SimulatedLoops(clock, 3);
    private final MemoryApi api = new MemoryApi(clock);
    private final FakeRuntime runtime = new FakeRuntime(clock);

    private Kubelet kubelet() {
        var config =
                Edit.of(KubeletConfiguration.defaults("node-1", List.of("192.0.2.1"), root))
                        .set(KubeletConfiguration::clusterDNS, List.of("10.96.0.10"))
                        .done();
        var edges = new NodeEdges(runtime, new FakeMounts(), PodCgroups.NONE);
        return new Kubelet(config, api, api.informers(), edges, loops);
    }

    private Kubelet kubelet =
            new Kubelet(
                    KubeletConfiguration.defaults("unused", List.of(), Path.of("/")),
                    api,
                    api.informers(),
                    new NodeEdges(runtime, new FakeMounts(), PodCgroups.NONE),
                    loops);

    @BeforeEach
    void start() {
        kubelet = kubelet();
        kubelet.start();
        loops.advance(Duration.ofSeconds(2));
    }

    @Test
    void theNodeRegistersItselfAndStaysAlive() {
        var node = api.get(Node.class, "", "node-1");
        assertThat(node.status().conditions())
                .extracting(condition -> condition.type() + "=" + condition.status())
                .contains("Ready=True", "MemoryPressure=False");
        assertThat(node.metadata().labels())
                .containsEntry("kubernetes.io/hostname", "node-1")
                .containsEntry("kubernetes.io/os", "linux");
        assertThat(node.status().capacity()).containsKeys("cpu", "memory", "pods");
        assertThat(node.status().nodeInfo().containerRuntimeVersion()).isEqualTo("fake://1.0.0");

        loops.advance(Duration.ofSeconds(60));

        var lease = api.get(Lease.class, "kube-node-lease", "node-1");
        assertThat(lease.spec().renewTime()).isAfter(clock.now().minusSeconds(11));
    }

    @Test
    void aPodGetsItsConfigMapItsHostsFileAndItsEnvironment() throws IOException {
        api.put(pod("web").spec(this::withConfig).container(mounting()).build());
        loops.advance(Duration.ofSeconds(3));
        assertThat(api.get(Pod.class, "default", "web").status().phase()).isEqualTo("Pending");
        assertThat(messages())
                .anyMatch(text ->
                        text.contains(
                                "MountVolume.SetUp failed for volume \"settings\" :"
                                        + " configmap \"settings\" not found"));

        api.put(configMap("blue"));
        loops.advance(Duration.ofSeconds(10));

        assertThat(api.get(Pod.class, "default", "web").status().phase()).isEqualTo("Running");
        var file = root.resolve("pods/uid-web/volumes/kubernetes.io~configmap/settings/colour");
        assertThat(file).hasContent("blue");
        assertThat(Files.readString(root.resolve("pods/uid-web/etc-hosts"))).contains("\tweb\n");

        api.put(configMap("green"));
        loops.advance(Duration.ofMinutes(3));
        assertThat(file).hasContent("green");

        api.deletePod("default", "web", 1);
        loops.advance(Duration.ofSeconds(30));
        assertThat(api.find(Pod.class, "default", "web")).isNull();
        assertThat(root.resolve("pods/uid-web")).doesNotExist();
        assertThat(runtime.containers(ContainerFilter.ALL)).isEmpty();
    }

    @Test
    void whatIsLeftOfUnknownPodsIsRemoved() throws IOException {
        var left = Files.createDirectories(root.resolve("pods/uid-gone/volumes"));
        loops.advance(Duration.ofSeconds(60));
        assertThat(left).doesNotExist();
    }

    @Test
    void aStoppedKubeletLeavesPodsRunning() {
        api.put(pod("web").container(container("app", "sleep", "86400")).build());
        loops.advance(Duration.ofSeconds(5));
        var before = api.get(Pod.class, "default", "web");
        var containers = runtime.containers(ContainerFilter.ALL);
        kubelet.stop();
        loops.close();

        kubelet = kubelet();
        kubelet.start();
        loops.advance(Duration.ofMinutes(10));

        assertThat(runtime.containers(ContainerFilter.ALL)).isEqualTo(containers);
        assertThat(api.get(Pod.class, "default", "web")).isEqualTo(before);
    }

    @Test
    void theServerListsPodsToThoseWhoMayAsk() {
        api.put(pod("web").container(container("app", "sleep", "86400")).build());
        loops.advance(Duration.ofSeconds(5));
        var mine = Request.get("/pods").withPeer(Peer.inProcess("api server"));
        var stranger = Request.get("/pods");

        assertThat(text(mine)).contains("\"name\":\"web\"").contains("\"kind\":\"PodList\"");
        assertThat(kubelet.server().handle(stranger).status()).isEqualTo(401);
    }

    @Test
    void logsOfWhatIsNotThereAreRefusedInWords() {
        api.put(pod("web").container(container("app", "sleep", "86400")).build());
        loops.advance(Duration.ofSeconds(5));

        assertThat(text(log("/containerLogs/default/none/app"))).isEqualTo("pod does not exist\n");
        assertThat(text(log("/containerLogs/default/web/none")))
                .isEqualTo("container \"none\" not found in pod \"web\"\n");
        var previous =
                log("/containerLogs/default/web/app").withQuery(Query.parse("previous=true"));
        assertThat(text(previous))
                .isEqualTo("previous terminated container \"app\" in pod \"web\" not found\n");
    }

    private static Request log(String path) {
        return Request.get(path).withPeer(Peer.inProcess("api server"));
    }

    private String text(Request request) {
        return ((Response.Full) kubelet.server().handle(request)).body().text();
    }

    private List<String> messages() {
        return api.list(Event.class, ListQuery.ALL).items().stream().map(Event::message).toList();
    }

    private static Container mounting() {
        var mount =
                Edit.of(VolumeMount.class)
                        .set(VolumeMount::name, "settings")
                        .set(VolumeMount::mountPath, "/etc/settings")
                        .done();
        return Edit.with(
                container("app", "sleep", "86400"), Container::volumeMounts, List.of(mount));
    }

    private PodSpec withConfig(PodSpec spec) {
        var source =
                Edit.of(ConfigMapVolumeSource.class)
                        .set(ConfigMapVolumeSource::name, "settings")
                        .done();
        var volume =
                Edit.of(Volume.class)
                        .set(Volume::name, "settings")
                        .set(Volume::configMap, source)
                        .done();
        return Edit.with(spec, PodSpec::volumes, List.of(volume));
    }

    private static ConfigMap configMap(String colour) {
        var meta =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, "settings")
                        .set(ObjectMeta::namespace, "default")
                        .done();
        return new ConfigMap(meta, null, Map.of("colour", colour), Map.of());
    }
}
