package io.coxswain.kubelet.server;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pods.ObservedContainer;
import io.coxswain.kubelet.pods.PodRuntimeState;

/// The pod, and perhaps the container of it, that a request is about.
record ContainerTarget(Pod pod, String container, PodRuntimeState state) {

    /// The container, which must run.
    ObservedContainer running() {
        if (PodContainer.find(pod, container) == null) {
            throw new NodeServerException(404, "container not found (\"" + container + "\")");
        }
        var latest = state.latest(container);
        if (latest == null || !latest.running()) {
            throw new NodeServerException(404, "container not found (\"" + container + "\")");
        }
        return latest;
    }
}
