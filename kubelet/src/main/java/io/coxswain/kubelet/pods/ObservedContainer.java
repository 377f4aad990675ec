package io.coxswain.kubelet.pods;

import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A container of a pod as the runtime last reported it.
///
/// @param terminationMessage what the container left behind for its status; read once it has exited
public record ObservedContainer(
        String sandboxId, ContainerStatus status, String terminationMessage) {

    public String id() {
        return status.id();
    }

    public String name() {
        return status.labels().getOrDefault(ContainerMetadata.CONTAINER_NAME, status.name());
    }

    public Container.State state() {
        return status.state();
    }

    public boolean running() {
        return state() == Container.State.RUNNING;
    }

    public boolean exited() {
        return state() == Container.State.EXITED;
    }

    public boolean succeeded() {
        return exited() && status.exitCode() == 0;
    }

    public int restartCount() {
        return ContainerMetadata.number(
                status.annotations(), ContainerMetadata.RESTART_COUNT, status.attempt());
    }

    public @Nullable Instant finishedAt() {
        return status.finishedAt();
    }

    /// Whether it was made from another definition than the pod has now.
    boolean differsFrom(PodContainer container) {
        var hash = status.annotations().get(ContainerMetadata.HASH);
        return hash != null && !hash.equals(ContainerMetadata.hash(container));
    }
}
