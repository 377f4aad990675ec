package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.StartFailure;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.SandboxConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns a pod's definition into what the runtime needs to be told.
public interface ConfigSource {

    SandboxConfig sandbox(Pod pod, int attempt);

    /// The runtime handler of the pod's RuntimeClass; null: the runtime's default.
    ///
    /// @throws StartFailure `CreatePodSandboxError`: there is no such class
    @Nullable String handler(Pod pod) throws StartFailure;

    /// @param imageId the image as the runtime knows it
    /// @param podIps of the sandbox the container goes into
    /// @throws StartFailure `CreateContainerConfigError`: a ConfigMap is missing, the user is root
    ///     …
    ContainerConfig container(
            Pod pod, PodContainer container, int restartCount, String imageId, List<String> podIps)
            throws StartFailure;
}
