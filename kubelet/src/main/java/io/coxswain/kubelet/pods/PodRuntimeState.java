package io.coxswain.kubelet.pods;

import io.coxswain.kubelet.runtime.Sandbox;
import io.coxswain.kubelet.runtime.SandboxStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All that the runtime has of one pod; sandboxes and containers newest first.
public record PodRuntimeState(List<SandboxStatus> sandboxes, List<ObservedContainer> containers) {

    public static final PodRuntimeState EMPTY = new PodRuntimeState(List.of(), List.of());

    public PodRuntimeState {
        sandboxes = List.copyOf(sandboxes);
        containers = List.copyOf(containers);
    }

    /// The sandbox that containers can be started in, if there is one.
    public @Nullable SandboxStatus activeSandbox() {
        if (sandboxes.isEmpty() || !ready(sandboxes.getFirst())) {
            return null;
        }
        return sandboxes.getFirst();
    }

    /// The newest container of that name in any sandbox.
    public @Nullable ObservedContainer latest(String name) {
        return containers.stream().filter(c -> c.name().equals(name)).findFirst().orElse(null);
    }

    /// The container of that name that ended before the latest was made.
    public @Nullable ObservedContainer previous(String name) {
        return containers.stream()
                .filter(c -> c.name().equals(name))
                .skip(1)
                .filter(ObservedContainer::exited)
                .findFirst()
                .orElse(null);
    }

    /// The newest container of that name in the active sandbox.
    public @Nullable ObservedContainer active(String name) {
        var sandbox = activeSandbox();
        var latest = latest(name);
        return sandbox != null
                        && latest != null
                        && Objects.equals(latest.sandboxId(), sandbox.sandbox().id())
                ? latest
                : null;
    }

    public List<ObservedContainer> running() {
        return containers.stream().filter(ObservedContainer::running).toList();
    }

    public boolean anyRunning() {
        return containers.stream().anyMatch(ObservedContainer::running);
    }

    public List<SandboxStatus> readySandboxes() {
        return sandboxes.stream().filter(PodRuntimeState::ready).toList();
    }

    public boolean isEmpty() {
        return sandboxes.isEmpty() && containers.isEmpty();
    }

    private static boolean ready(SandboxStatus status) {
        return status.sandbox().state() == Sandbox.State.READY;
    }
}
