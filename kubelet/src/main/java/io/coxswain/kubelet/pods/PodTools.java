package io.coxswain.kubelet.pods;

import io.coxswain.base.Loops;
import io.coxswain.kubelet.hostports.HostPorts;
import io.coxswain.kubelet.pod.ImagePuller;
import io.coxswain.kubelet.pod.PodEvents;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import java.util.List;

/// What every pod's worker works with.
///
/// @param hostIps the addresses of this node
public record PodTools(
        Loops loops,
        ContainerRuntime runtime,
        RuntimeStates states,
        ConfigSource configs,
        PodResources resources,
        ImagePuller images,
        Hooks hooks,
        PodProbes probes,
        PodEvents events,
        StatusWriter statuses,
        PodAdmission admission,
        HostPorts ports,
        List<String> hostIps) {

    PodStarter starter() {
        return new PodStarter(
                runtime, configs, resources, images, hooks, events, ports, loops.clock());
    }

    ContainerKill.Tools killing() {
        return new ContainerKill.Tools(runtime, hooks, events, loops.clock());
    }
}
