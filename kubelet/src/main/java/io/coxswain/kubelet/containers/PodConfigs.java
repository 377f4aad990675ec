package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec.EphemeralContainer;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodContainer.Role;
import io.coxswain.kubelet.pod.StartFailure;
import io.coxswain.kubelet.pods.ConfigSource;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerConfig.Command;
import io.coxswain.kubelet.runtime.ContainerConfig.Env;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.DnsConfig;
import io.coxswain.kubelet.runtime.Image;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.PortMapping;
import io.coxswain.kubelet.runtime.Resources;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.volumes.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the definition of a pod into what the runtime is told, on this node.
public final class PodConfigs implements ConfigSource {

    private final NodeFacts node;
    private final ContainerRuntime runtime;
    private final PodCgroups cgroups;
    private final ApiObjects objects;
    private final Environment environment;
    private final ContainerResources resources;
    private final ContainerMounts mounts;
    private final Rights rights;

    public PodConfigs(
            NodeFacts node,
            ContainerRuntime runtime,
            PodCgroups cgroups,
            ApiObjects objects,
            Volumes volumes) {
        this.node = node;
        this.runtime = runtime;
        this.cgroups = cgroups;
        this.resources = new ContainerResources(node);
        this.objects = objects;
        this.environment = new Environment(objects, new PodFields(node), resources);
        this.mounts = new ContainerMounts(node, volumes);
        this.rights = new Rights(node.root().resolve("seccomp"));
    }

    @Override
    public SandboxConfig sandbox(Pod pod, int attempt) {
        var host = pod.spec().hostNetwork();
        return new SandboxConfig(
                new PodIdentity(pod.name(), pod.namespace(), pod.uid(), attempt),
                host ? null : Names.hostname(pod, node.clusterDomain()),
                node.logDirectory(pod.namespace(), pod.name(), pod.uid()).toString(),
                Resolution.of(pod, node, hostResolution()),
                host ? List.of() : ports(pod),
                ContainerMetadata.sandboxLabels(pod),
                pod.metadata().annotations(),
                cgroups.parent(pod),
                rights.sandbox(pod),
                sysctls(pod),
                overhead(pod),
                Resources.NONE);
    }

    private DnsConfig hostResolution() {
        try {
            return Resolution.parse(Files.readString(node.resolvConf()));
        } catch (IOException e) {
            return new DnsConfig(List.of(), List.of(), List.of());
        }
    }

    private static Map<String, String> sysctls(Pod pod) {
        var sysctls = new HashMap<String, String>();
        Rights.context(pod).sysctls().forEach(each -> sysctls.put(each.name(), each.value()));
        return sysctls;
    }

    @Override
    public @Nullable String handler(Pod pod) throws StartFailure {
        var name = pod.spec().runtimeClassName();
        if (name == null || name.isEmpty()) {
            return null;
        }
        var found = objects.runtimeClass(name);
        if (found == null) {
            var message = "runtimeclass.node.k8s.io \"" + name + "\" not found";
            throw new StartFailure("CreatePodSandboxError", message, null);
        }
        return found.handler();
    }

    private static Resources overhead(Pod pod) {
        var overhead = pod.spec().overhead();
        if (overhead.isEmpty()) {
            return Resources.NONE;
        }
        var memory = overhead.get("memory");
        return Resources.limits(
                ContainerResources.shares(overhead.get("cpu")),
                ContainerResources.quota(overhead.get("cpu")),
                memory == null ? null : memory.value(),
                null);
    }

    private static List<PortMapping> ports(Pod pod) {
        var ports = new ArrayList<PortMapping>();
        for (var container : PodContainer.all(pod)) {
            for (var port : container.spec().ports()) {
                if (port.hostPort() > 0) {
                    var protocol = port.protocol().isEmpty() ? "TCP" : port.protocol();
                    ports.add(
                            new PortMapping(
                                    PortMapping.Protocol.valueOf(protocol),
                                    port.containerPort(),
                                    port.hostPort(),
                                    port.hostIP().isEmpty() ? null : port.hostIP()));
                }
            }
        }
        return ports;
    }

    @Override
    public ContainerConfig container(
            Pod pod, PodContainer container, int restartCount, String imageId, List<String> podIps)
            throws StartFailure {
        var image = runtime.images().find(imageId);
        var known =
                image != null
                        ? image
                        : new Image(imageId, List.of(), List.of(), 0, null, null, false);
        var ips = pod.spec().hostNetwork() ? node.hostIps() : podIps;
        var variables = environment.of(pod, container, ips);
        var spec = container.spec();
        return new ContainerConfig(
                spec.name(),
                restartCount,
                imageId,
                spec.image(),
                command(spec, variables),
                mounts.of(pod, container, restartCount, variables, ips),
                List.of(),
                ContainerMetadata.containerLabels(pod, spec.name()),
                ContainerMetadata.containerAnnotations(pod, container, restartCount),
                spec.name() + "/" + restartCount + ".log",
                resources.kernel(pod, spec),
                rights.container(pod, container, known, target(pod, container)),
                stopSignal(spec));
    }

    private static @Nullable String stopSignal(Container spec) {
        var lifecycle = spec.lifecycle();
        return lifecycle == null ? null : lifecycle.stopSignal();
    }

    private static Command command(Container spec, Map<String, String> variables) {
        return new Command(
                expanded(spec.command(), variables),
                expanded(spec.args(), variables),
                spec.workingDir().isEmpty() ? null : spec.workingDir(),
                variables.entrySet().stream()
                        .map(entry -> new Env(entry.getKey(), entry.getValue()))
                        .toList(),
                spec.stdin(),
                spec.stdinOnce(),
                spec.tty());
    }

    private static List<String> expanded(List<String> texts, Map<String, String> variables) {
        return texts.stream().map(text -> Expansion.expand(text, variables)).toList();
    }

    /// The running container that an ephemeral container wants to look into.
    private @Nullable String target(Pod pod, PodContainer container) {
        if (container.role() != Role.EPHEMERAL) {
            return null;
        }
        var name =
                pod.spec().ephemeralContainers().stream()
                        .filter(debug -> debug.name().equals(container.name()))
                        .map(EphemeralContainer::targetContainerName)
                        .findFirst()
                        .orElse("");
        if (name.isEmpty()) {
            return null;
        }
        var labels = ContainerMetadata.containerLabels(pod, name);
        var running = io.coxswain.kubelet.runtime.Container.State.RUNNING;
        return runtime.containers(new ContainerFilter(null, null, running, labels)).stream()
                .map(io.coxswain.kubelet.runtime.Container::id)
                .findFirst()
                .orElse(null);
    }
}
