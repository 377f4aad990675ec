package io.coxswain.api.core;

import io.coxswain.api.core.rules.NodeRules;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.PatchMerge;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "nodes", shortNames = "no", scope = Scope.CLUSTER)
public record Node(ObjectMeta metadata, NodeSpec spec, NodeStatus status) implements Resource {

    public record NodeSpec(
            String podCIDR,
            @ListSet @PatchMerge List<String> podCIDRs,
            String providerID,
            boolean unschedulable,
            List<Taint> taints,
            @Nullable NodeConfigSource configSource,
            String externalID) {}

    public record Taint(
            @Required String key,
            String value,
            @Required @OneOf({"NoExecute", "NoSchedule", "PreferNoSchedule"}) String effect,
            @Nullable Instant timeAdded) {}

    public record NodeConfigSource(@Nullable ConfigMapNodeConfigSource configMap) {}

    public record ConfigMapNodeConfigSource(
            @Required String namespace,
            @Required String name,
            String uid,
            String resourceVersion,
            @Required String kubeletConfigKey) {}

    public record NodeStatus(
            Map<String, Quantity> capacity,
            Map<String, Quantity> allocatable,
            @OneOf({"Pending", "Running", "Terminated"}) String phase,
            @ListMap("type") List<NodeCondition> conditions,
            @ListMap("type") List<NodeAddress> addresses,
            NodeDaemonEndpoints daemonEndpoints,
            NodeSystemInfo nodeInfo,
            List<ContainerImage> images,
            List<String> volumesInUse,
            List<AttachedVolume> volumesAttached,
            @Nullable NodeConfigStatus config,
            List<NodeRuntimeHandler> runtimeHandlers,
            @Nullable @Gate("SupplementalGroupsPolicy") NodeFeatures features,
            @Gate("NodeDeclaredFeatures") List<String> declaredFeatures) {}

    public record NodeCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastHeartbeatTime,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public record NodeAddress(@Required String type, @Required String address) {}

    public record NodeDaemonEndpoints(DaemonEndpoint kubeletEndpoint) {}

    public record DaemonEndpoint(@Required int Port) {}

    public record NodeSystemInfo(
            @Required String machineID,
            @Required String systemUUID,
            @Required String bootID,
            @Required String kernelVersion,
            @Required String osImage,
            @Required String containerRuntimeVersion,
            @Required String kubeletVersion,
            @Required String kubeProxyVersion,
            @Required String operatingSystem,
            @Required String architecture,
            @Nullable NodeSwapStatus swap) {}

    public record NodeSwapStatus(@Nullable Long capacity) {}

    public record ContainerImage(@Always List<String> names, long sizeBytes) {}

    public record AttachedVolume(@Required String name, @Required String devicePath) {}

    public record NodeConfigStatus(
            @Nullable NodeConfigSource assigned,
            @Nullable NodeConfigSource active,
            @Nullable NodeConfigSource lastKnownGood,
            String error) {}

    public record NodeRuntimeHandler(
            @Always String name, @Nullable NodeRuntimeHandlerFeatures features) {}

    public record NodeRuntimeHandlerFeatures(
            @Nullable Boolean recursiveReadOnlyMounts, @Nullable Boolean userNamespaces) {}

    public record NodeFeatures(@Nullable Boolean supplementalGroupsPolicy) {}

    public static final Strategy<Node> STRATEGY =
            Strategy.<Node>standard()
                    .withoutGeneration()
                    .subresources("status", "proxy")
                    .defaults(NodeRules::withDefaults)
                    .keepStatusOnCreate()
                    .validate(NodeRules::check)
                    .validateUpdate(NodeRules::update)
                    .validateStatusUpdate(NodeRules::status)
                    .warnings(NodeRules::warnings)
                    .fields(node ->
                            Map.of(
                                    "spec.unschedulable",
                                    Boolean.toString(node.spec().unschedulable())));

    /// Whether the node's kubelet says that it can take pods.
    public boolean ready() {
        return conditionIs("Ready", "True");
    }

    /// Whether there is a condition of this type with this status.
    public boolean conditionIs(String type, String value) {
        return status.conditions().stream()
                .anyMatch(c -> c.type().equals(type) && c.status().equals(value));
    }
}
