package io.coxswain.kubelet.registration;

import io.coxswain.api.core.Node.ContainerImage;
import io.coxswain.api.core.Node.DaemonEndpoint;
import io.coxswain.api.core.Node.NodeAddress;
import io.coxswain.api.core.Node.NodeDaemonEndpoints;
import io.coxswain.api.core.Node.NodeFeatures;
import io.coxswain.api.core.Node.NodeRuntimeHandler;
import io.coxswain.api.core.Node.NodeRuntimeHandlerFeatures;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.core.Node.NodeSystemInfo;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.kubelet.KubeletConfiguration;
import io.coxswain.kubelet.runtime.Image;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Computes the status of the node. Pure.
public final class NodeStatuses {

    private static final int IMAGES_MAX = 50;
    private static final int NAMES_MAX = 5;
    private static final int DISK_ALLOCATABLE_PERCENT = 90;

    private NodeStatuses() {}

    static NodeStatus of(
            KubeletConfiguration config, NodeView view, NodeStatus before, Instant now) {
        var second = now.truncatedTo(ChronoUnit.SECONDS);
        var runtime = view.runtime();
        var status =
                Edit.of(before)
                        .set(NodeStatus::capacity, capacity(config, view.machine()))
                        .set(NodeStatus::allocatable, allocatable(config, view.machine()))
                        .set(NodeStatus::addresses, addresses(config))
                        .set(
                                NodeStatus::daemonEndpoints,
                                new NodeDaemonEndpoints(new DaemonEndpoint(config.port())))
                        .set(NodeStatus::nodeInfo, info(config, view))
                        .set(NodeStatus::images, images(view.images()))
                        .set(
                                NodeStatus::conditions,
                                new NodeConditions(view, before.conditions(), second).all());
        if (runtime != null) {
            status.set(
                    NodeStatus::runtimeHandlers,
                    runtime.handlers().stream()
                            .map(handler ->
                                    new NodeRuntimeHandler(
                                            handler.name(),
                                            new NodeRuntimeHandlerFeatures(
                                                    handler.recursiveReadOnlyMounts(),
                                                    handler.userNamespaces())))
                            .toList());
            status.set(NodeStatus::features, new NodeFeatures(runtime.supplementalGroupsPolicy()));
        }
        return status.done();
    }

    static Map<String, Quantity> capacity(KubeletConfiguration config, Machine machine) {
        var capacity = new TreeMap<String, Quantity>();
        capacity.put("cpu", Quantity.of(machine.cpus()));
        capacity.put("memory", Quantity.parse(machine.memoryBytes() / 1024 + "Ki"));
        capacity.put("ephemeral-storage", Quantity.parse(machine.diskBytes() / 1024 + "Ki"));
        capacity.put("pods", Quantity.of(config.maxPods()));
        capacity.put("hugepages-1Gi", Quantity.ZERO);
        capacity.put("hugepages-2Mi", Quantity.ZERO);
        return capacity;
    }

    /// What pods may use of it: the rest is kept free by eviction.
    public static Map<String, Quantity> allocatable(KubeletConfiguration config, Machine machine) {
        var allocatable = new TreeMap<>(capacity(config, machine));
        var memory = Math.max(0, machine.memoryBytes() - config.evictionHardMemoryBytes());
        allocatable.put("memory", Quantity.parse(memory / 1024 + "Ki"));
        allocatable.put(
                "ephemeral-storage",
                Quantity.of(machine.diskBytes() / 100 * DISK_ALLOCATABLE_PERCENT));
        return allocatable;
    }

    private static List<NodeAddress> addresses(KubeletConfiguration config) {
        var addresses = new ArrayList<NodeAddress>();
        config.nodeIps().forEach(ip -> addresses.add(new NodeAddress("InternalIP", ip)));
        addresses.add(new NodeAddress("Hostname", config.nodeName()));
        return addresses;
    }

    private static NodeSystemInfo info(KubeletConfiguration config, NodeView view) {
        var identity = view.machine().identity();
        return new NodeSystemInfo(
                identity.machineId(),
                identity.systemUuid(),
                identity.bootId(),
                identity.kernelVersion(),
                identity.osImage(),
                view.runtimeVersion(),
                config.version(),
                "",
                identity.operatingSystem(),
                identity.architecture(),
                null);
    }

    /// The largest images, which the scheduler prefers nodes for.
    private static List<ContainerImage> images(List<Image> images) {
        return images.stream()
                .sorted(Comparator.comparingLong(Image::sizeBytes).reversed())
                .limit(IMAGES_MAX)
                .map(image -> {
                    var names = new ArrayList<>(image.digests());
                    names.addAll(image.tags());
                    return new ContainerImage(
                            names.stream().limit(NAMES_MAX).toList(), image.sizeBytes());
                })
                .toList();
    }

    /// The labels that every node has.
    static Map<String, String> labels(KubeletConfiguration config, Machine machine) {
        var labels = new LinkedHashMap<String, String>();
        var identity = machine.identity();
        labels.put("beta.kubernetes.io/arch", identity.architecture());
        labels.put("beta.kubernetes.io/os", identity.operatingSystem());
        labels.put("kubernetes.io/arch", identity.architecture());
        labels.put("kubernetes.io/hostname", config.nodeName());
        labels.put("kubernetes.io/os", identity.operatingSystem());
        labels.putAll(config.nodeLabels());
        return labels;
    }
}
