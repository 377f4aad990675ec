package io.coxswain.kubelet.testing;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pods.ObservedContainer;
import io.coxswain.kubelet.pods.PodRuntimeState;
import io.coxswain.kubelet.runtime.Container.State;
import io.coxswain.kubelet.runtime.ContainerStatus;
import io.coxswain.kubelet.runtime.Namespaces.Mode;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.Sandbox;
import io.coxswain.kubelet.runtime.SandboxStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Makes states of a pod's runtime: `new RuntimeStateOf(pod, since).ready().running("app").done()`.
/// The containers are named `app-0`, and all lie in one sandbox.
public final class RuntimeStateOf {

    private static final String SANDBOX = "sandbox-0";

    private final Pod pod;
    private final Instant since;
    private final List<SandboxStatus> sandboxes = new ArrayList<>();
    private final List<ObservedContainer> containers = new ArrayList<>();

    public RuntimeStateOf(Pod pod, Instant since) {
        this.pod = pod;
        this.since = since;
    }

    public RuntimeStateOf ready() {
        return sandbox(Sandbox.State.READY);
    }

    public RuntimeStateOf notReady() {
        return sandbox(Sandbox.State.NOT_READY);
    }

    private RuntimeStateOf sandbox(Sandbox.State state) {
        var identity = new PodIdentity(pod.name(), pod.namespace(), pod.uid(), 0);
        var sandbox = new Sandbox(SANDBOX, identity, state, since, Map.of(), Map.of(), null);
        sandboxes.add(new SandboxStatus(sandbox, List.of("10.244.0.2"), Mode.POD));
        return this;
    }

    public RuntimeStateOf running(String name) {
        return add(name, State.RUNNING, 0);
    }

    public RuntimeStateOf exited(String name, int code) {
        return add(name, State.EXITED, code);
    }

    public RuntimeStateOf in(String name, State state) {
        return add(name, state, 0);
    }

    private RuntimeStateOf add(String name, State state, int code) {
        var container = Objects.requireNonNull(PodContainer.find(pod, name));
        var ended = state == State.EXITED;
        var status =
                new ContainerStatus(
                        name + "-0",
                        name,
                        0,
                        state,
                        since,
                        state == State.CREATED ? null : since,
                        ended ? since.plusSeconds(1) : null,
                        code,
                        ended ? (code == 0 ? "Completed" : "Error") : "",
                        "",
                        container.spec().image(),
                        "sha256:abc",
                        ContainerMetadata.containerLabels(pod, name),
                        ContainerMetadata.containerAnnotations(pod, container, 0),
                        List.of(),
                        null,
                        null,
                        null);
        containers.add(new ObservedContainer(SANDBOX, status, ""));
        return this;
    }

    public PodRuntimeState done() {
        return new PodRuntimeState(sandboxes, containers);
    }

    /// The same state with every container having ended at `time`.
    public static PodRuntimeState endedAt(PodRuntimeState state, Instant time) {
        var moved = state.containers().stream().map(c -> endedAt(c, time)).toList();
        return new PodRuntimeState(state.sandboxes(), moved);
    }

    private static ObservedContainer endedAt(ObservedContainer container, Instant time) {
        var old = container.status();
        var status =
                new ContainerStatus(
                        old.id(),
                        old.name(),
                        old.attempt(),
                        old.state(),
                        old.createdAt(),
                        old.startedAt(),
                        time,
                        old.exitCode(),
                        old.reason(),
                        old.message(),
                        old.image(),
                        old.imageRef(),
                        old.labels(),
                        old.annotations(),
                        old.mounts(),
                        old.logPath(),
                        old.resources(),
                        old.user());
        return new ObservedContainer(container.sandboxId(), status, "");
    }
}
