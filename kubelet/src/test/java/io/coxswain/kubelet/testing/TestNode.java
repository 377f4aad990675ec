package io.coxswain.kubelet.testing;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerStateWaiting;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.kubelet.hostports.HostPorts;
import io.coxswain.kubelet.hostports.PortRules;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.pod.ImagePuller;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodEvents;
import io.coxswain.kubelet.pods.ConfigSource;
import io.coxswain.kubelet.pods.Hooks;
import io.coxswain.kubelet.pods.PodAdmission;
import io.coxswain.kubelet.pods.PodProbes;
import io.coxswain.kubelet.pods.PodResources;
import io.coxswain.kubelet.pods.PodTools;
import io.coxswain.kubelet.pods.PodWorkers;
import io.coxswain.kubelet.pods.RuntimeStates;
import io.coxswain.kubelet.pods.StatusWriter;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.runtime.fake.FakeRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The pod workers of one node in simulated time, with a runtime in memory and nothing else.
public final class TestNode {

    public final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    public final SimulatedLoops loops = new SimulatedLoops(clock, 7);
    public final MemoryApi api = new MemoryApi(clock);
    public final FakeRuntime runtime = new FakeRuntime(clock);
    public final List<String> events = new ArrayList<>();
    public final List<String> resources = new ArrayList<>();
    public PodProbes probes = PodProbes.NONE;
    public PodAdmission admission = PodAdmission.ALL;
    public Hooks hooks = (pod, container, id, handler, timeout) -> {};

    /// Starts the kubelet's part, as after a reboot of its process: nothing is remembered.
    public PodWorkers boot() {
        var states = new RuntimeStates(runtime, status -> "", clock, Duration.ofSeconds(1));
        var podEvents =
                new PodEvents((about, type, reason, message) ->
                        events.add(type + " " + reason + ": " + message));
        var tools =
                new PodTools(
                        loops,
                        runtime,
                        states,
                        new PlainConfigs(),
                        new RecordedResources(),
                        new ImagePuller(
                                runtime.images(), (pod, image) -> List.of(), podEvents, clock),
                        hooks,
                        probes,
                        podEvents,
                        new StatusWriter(api),
                        admission,
                        new HostPorts(PortRules.NONE, Map::of, clock),
                        List.of("192.0.2.1"));
        var workers = new PodWorkers(tools, api.pods());
        workers.start();
        loops.start("relist", states);
        return workers;
    }

    public Pod pod(String name) {
        return api.get(Pod.class, "default", name);
    }

    public boolean exists(String name) {
        return api.find(Pod.class, "default", name) != null;
    }

    public ContainerStatus container(String pod, String container) {
        var status = pod(pod).status();
        for (var list :
                List.of(
                        status.initContainerStatuses(),
                        status.containerStatuses(),
                        status.ephemeralContainerStatuses())) {
            for (var candidate : list) {
                if (candidate.name().equals(container)) {
                    return candidate;
                }
            }
        }
        throw new AssertionError("no status of " + container + " in " + status);
    }

    /// Why a container waits; fails when it does not.
    public ContainerStateWaiting waiting(String pod, String container) {
        return Objects.requireNonNull(container(pod, container).state().waiting());
    }

    public void pass(Duration time) {
        loops.advance(time);
    }

    private static final class PlainConfigs implements ConfigSource {
        @Override
        public SandboxConfig sandbox(Pod pod, int attempt) {
            var identity = new PodIdentity(pod.name(), pod.namespace(), pod.uid(), attempt);
            return SandboxConfig.of(identity).labelled(ContainerMetadata.sandboxLabels(pod));
        }

        @Override
        public ContainerConfig container(
                Pod pod,
                PodContainer container,
                int restartCount,
                String imageId,
                List<String> podIps) {
            var made =
                    ContainerConfig.of(container.name(), imageId, container.spec().command())
                            .attempt(restartCount)
                            .labelled(ContainerMetadata.containerLabels(pod, container.name()));
            return new ContainerConfig(
                    made.name(),
                    made.attempt(),
                    made.image(),
                    made.userImage(),
                    made.command(),
                    made.mounts(),
                    made.devices(),
                    made.labels(),
                    ContainerMetadata.containerAnnotations(pod, container, restartCount),
                    made.logPath(),
                    made.resources(),
                    made.security(),
                    null);
        }
    }

    private final class RecordedResources implements PodResources {
        @Override
        public void prepare(Pod pod) {
            resources.add("prepare " + pod.name());
        }

        @Override
        public void refresh(Pod pod) {}

        @Override
        public void release(String uid) {
            resources.add("release " + uid);
        }

        @Override
        public void remove(String uid, String namespace, String name) {
            resources.add("remove " + uid);
        }
    }
}
