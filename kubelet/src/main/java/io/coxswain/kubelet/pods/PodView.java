package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.BackOff;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.Problem;
import io.coxswain.kubelet.probes.ProbeResults;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that is known of a pod when it is planned.
///
/// @param problems what kept containers from starting, by name, and under [#WHOLE_POD] the sandbox
/// @param stopping when the kills under way turn hard, by container id
/// @param starting whether containers are being started at this moment
/// @param ending why the pod is being ended; null while it is to run
public record PodView(
        Pod pod,
        PodRuntimeState state,
        ProbeResults probes,
        BackOff backOff,
        Map<String, Problem> problems,
        Map<String, Instant> stopping,
        boolean starting,
        @Nullable Ending ending) {

    static final String WHOLE_POD = "";

    public PodView {
        problems = Map.copyOf(problems);
        stopping = Map.copyOf(stopping);
    }

    /// The key of a container's restart back-off.
    static String backOffKey(Pod pod, PodContainer container) {
        return pod.uid() + "/" + container.name() + "/" + ContainerMetadata.hash(container);
    }
}
