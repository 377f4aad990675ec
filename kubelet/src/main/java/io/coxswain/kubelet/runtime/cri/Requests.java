package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.DnsConfig;
import io.coxswain.kubelet.runtime.Mount;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.PortMapping;
import io.coxswain.kubelet.runtime.RegistryAuth;
import io.coxswain.kubelet.runtime.Resources;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.runtime.SandboxFilter;
import io.coxswain.kubelet.runtime.cri.v1.Cri;
import org.jspecify.annotations.Nullable;

/// Writes our values as CRI messages. What is `null` here is left out there.
final class Requests {

    private Requests() {}

    static Cri.PodSandboxConfig sandbox(SandboxConfig config) {
        var linux =
                Cri.LinuxPodSandboxConfig.newBuilder()
                        .setCgroupParent(text(config.cgroupParent()))
                        .setSecurityContext(SecurityRequests.sandbox(config.security()))
                        .putAllSysctls(config.sysctls())
                        .setOverhead(resources(config.overhead()))
                        .setResources(resources(config.podResources()));
        var message =
                Cri.PodSandboxConfig.newBuilder()
                        .setMetadata(pod(config.pod()))
                        .setHostname(text(config.hostname()))
                        .setLogDirectory(text(config.logDirectory()))
                        .putAllLabels(config.labels())
                        .putAllAnnotations(config.annotations())
                        .setLinux(linux);
        if (config.dns() != null) {
            message.setDnsConfig(dns(config.dns()));
        }
        config.ports().forEach(port -> message.addPortMappings(port(port)));
        return message.build();
    }

    private static Cri.PodSandboxMetadata pod(PodIdentity pod) {
        return Cri.PodSandboxMetadata.newBuilder()
                .setName(pod.name())
                .setNamespace(pod.namespace())
                .setUid(pod.uid())
                .setAttempt(pod.attempt())
                .build();
    }

    private static Cri.DNSConfig dns(DnsConfig dns) {
        return Cri.DNSConfig.newBuilder()
                .addAllServers(dns.servers())
                .addAllSearches(dns.searches())
                .addAllOptions(dns.options())
                .build();
    }

    private static Cri.PortMapping port(PortMapping port) {
        var protocol =
                switch (port.protocol()) {
                    case TCP -> Cri.Protocol.TCP;
                    case UDP -> Cri.Protocol.UDP;
                    case SCTP -> Cri.Protocol.SCTP;
                };
        return Cri.PortMapping.newBuilder()
                .setProtocol(protocol)
                .setContainerPort(port.containerPort())
                .setHostPort(port.hostPort())
                .setHostIp(text(port.hostIp()))
                .build();
    }

    static Cri.ContainerConfig container(ContainerConfig config) {
        var command = config.command();
        var message =
                Cri.ContainerConfig.newBuilder()
                        .setMetadata(
                                Cri.ContainerMetadata.newBuilder()
                                        .setName(config.name())
                                        .setAttempt(config.attempt()))
                        .setImage(
                                Cri.ImageSpec.newBuilder()
                                        .setImage(config.image())
                                        .setUserSpecifiedImage(text(config.userImage())))
                        .addAllCommand(command.command())
                        .addAllArgs(command.args())
                        .setWorkingDir(text(command.workingDirectory()))
                        .setStdin(command.stdin())
                        .setStdinOnce(command.stdinOnce())
                        .setTty(command.tty())
                        .putAllLabels(config.labels())
                        .putAllAnnotations(config.annotations())
                        .setLogPath(text(config.logPath()))
                        .setStopSignal(Signals.number(config.stopSignal()))
                        .setLinux(
                                Cri.LinuxContainerConfig.newBuilder()
                                        .setResources(resources(config.resources()))
                                        .setSecurityContext(
                                                SecurityRequests.container(config.security())));
        command.env()
                .forEach(env -> message.addEnvsBuilder().setKey(env.name()).setValue(env.value()));
        config.mounts().forEach(mount -> message.addMounts(mount(mount)));
        config.devices()
                .forEach(device ->
                        message.addDevicesBuilder()
                                .setContainerPath(device.containerPath())
                                .setHostPath(device.hostPath())
                                .setPermissions(device.permissions()));
        return message.build();
    }

    private static Cri.Mount mount(Mount mount) {
        var propagation =
                switch (mount.propagation()) {
                    case PRIVATE -> Cri.MountPropagation.PROPAGATION_PRIVATE;
                    case HOST_TO_CONTAINER -> Cri.MountPropagation.PROPAGATION_HOST_TO_CONTAINER;
                    case BIDIRECTIONAL -> Cri.MountPropagation.PROPAGATION_BIDIRECTIONAL;
                };
        var message =
                Cri.Mount.newBuilder()
                        .setContainerPath(mount.containerPath())
                        .setHostPath(text(mount.hostPath()))
                        .setReadonly(mount.readOnly())
                        .setRecursiveReadOnly(mount.recursiveReadOnly())
                        .setSelinuxRelabel(mount.seLinuxRelabel())
                        .setPropagation(propagation);
        if (mount.image() != null) {
            message.setImage(image(mount.image().reference()))
                    .setImageSubPath(text(mount.image().subPath()));
        }
        return message.build();
    }

    static Cri.LinuxContainerResources resources(Resources limits) {
        var message =
                Cri.LinuxContainerResources.newBuilder()
                        .setCpuShares(number(limits.cpuShares()))
                        .setCpuQuota(number(limits.cpuQuotaMicros()))
                        .setCpuPeriod(number(limits.cpuPeriodMicros()))
                        .setMemoryLimitInBytes(number(limits.memoryLimitBytes()))
                        .setMemorySwapLimitInBytes(number(limits.memorySwapLimitBytes()))
                        .setOomScoreAdj(limits.oomScoreAdj() == null ? 0 : limits.oomScoreAdj())
                        .setCpusetCpus(text(limits.cpusetCpus()))
                        .setCpusetMems(text(limits.cpusetMems()))
                        .putAllUnified(limits.unified());
        limits.hugepageLimits()
                .forEach((size, limit) ->
                        message.addHugepageLimitsBuilder().setPageSize(size).setLimit(limit));
        return message.build();
    }

    static Cri.PodSandboxFilter filter(SandboxFilter filter) {
        var message =
                Cri.PodSandboxFilter.newBuilder()
                        .setId(text(filter.id()))
                        .putAllLabelSelector(filter.labels());
        switch (filter.state()) {
            case null -> {}
            case READY -> message.getStateBuilder().setState(Cri.PodSandboxState.SANDBOX_READY);
            case NOT_READY ->
                    message.getStateBuilder().setState(Cri.PodSandboxState.SANDBOX_NOTREADY);
        }
        return message.build();
    }

    static Cri.ContainerFilter filter(ContainerFilter filter) {
        var message =
                Cri.ContainerFilter.newBuilder()
                        .setId(text(filter.id()))
                        .setPodSandboxId(text(filter.sandboxId()))
                        .putAllLabelSelector(filter.labels());
        if (filter.state() != null) {
            var state =
                    switch (filter.state()) {
                        case CREATED -> Cri.ContainerState.CONTAINER_CREATED;
                        case RUNNING -> Cri.ContainerState.CONTAINER_RUNNING;
                        case EXITED -> Cri.ContainerState.CONTAINER_EXITED;
                        case UNKNOWN -> Cri.ContainerState.CONTAINER_UNKNOWN;
                    };
            message.getStateBuilder().setState(state);
        }
        return message.build();
    }

    static Cri.ImageSpec image(String reference) {
        return Cri.ImageSpec.newBuilder().setImage(reference).build();
    }

    static Cri.AuthConfig auth(RegistryAuth auth) {
        return Cri.AuthConfig.newBuilder()
                .setUsername(text(auth.username()))
                .setPassword(text(auth.password()))
                .setServerAddress(text(auth.serverAddress()))
                .setIdentityToken(text(auth.identityToken()))
                .setRegistryToken(text(auth.registryToken()))
                .build();
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
