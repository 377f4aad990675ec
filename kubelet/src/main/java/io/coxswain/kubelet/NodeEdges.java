package io.coxswain.kubelet;

import io.coxswain.kubelet.containers.NodePodCgroups;
import io.coxswain.kubelet.containers.PodCgroups;
import io.coxswain.kubelet.hostports.PortRules;
import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.Mounts;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.volumes.VolumeMounts;

/// What a kubelet touches of its host, each part real or made up.
public record NodeEdges(
        ContainerRuntime runtime, VolumeMounts mounts, PodCgroups cgroups, PortRules ports) {

    /// Without host ports.
    public NodeEdges(ContainerRuntime runtime, VolumeMounts mounts, PodCgroups cgroups) {
        this(runtime, mounts, cgroups, PortRules.NONE);
    }

    /// The real ones.
    public static NodeEdges of(NodeHost host, NodeHost.Settings settings, HostCommands commands) {
        return new NodeEdges(
                host.runtime(),
                VolumeMounts.of(new Mounts(commands)),
                new NodePodCgroups(host.cgroups(), settings.cgroups()),
                PortRules.with(commands));
    }
}
