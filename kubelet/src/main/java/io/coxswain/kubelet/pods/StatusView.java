package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.Problem;
import io.coxswain.kubelet.probes.ProbeResults;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a pod's status is computed from.
///
/// @param pod with the status that the API has now
/// @param problems why containers wait, by name
/// @param over whether nothing of the pod runs or will run
/// @param hostIps the addresses of this node
public record StatusView(
        Pod pod,
        PodRuntimeState state,
        Map<String, Problem> problems,
        ProbeResults probes,
        @Nullable Ending ending,
        boolean over,
        List<String> hostIps) {

    /// Whether everything has come to its end and been confirmed.
    boolean ended() {
        return over && !state.anyRunning();
    }
}
