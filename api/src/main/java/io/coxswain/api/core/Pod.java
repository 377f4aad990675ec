package io.coxswain.api.core;

import io.coxswain.api.core.pods.PodCreation;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.PodParts;
import io.coxswain.api.core.pods.PodUpdates;
import io.coxswain.api.core.pods.PodValidation;
import io.coxswain.api.core.pods.PodWarnings;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.PatchMerge;
import io.coxswain.api.schema.PatchReplace;
import io.coxswain.api.schema.PatchStrategy;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "pods", shortNames = "po", categories = "all")
public record Pod(ObjectMeta metadata, PodSpec spec, PodStatus status) implements Resource {

    public record PodStatus(
            long observedGeneration,
            @OneOf({"Failed", "Pending", "Running", "Succeeded", "Unknown"}) String phase,
            @ListMap("type") List<PodCondition> conditions,
            String message,
            String reason,
            String nominatedNodeName,
            String hostIP,
            @PatchMerge("ip") List<HostIP> hostIPs,
            String podIP,
            @ListMap("ip") List<PodIP> podIPs,
            @Nullable Instant startTime,
            List<ContainerStatus> initContainerStatuses,
            List<ContainerStatus> containerStatuses,
            @OneOf({"BestEffort", "Burstable", "Guaranteed"}) String qosClass,
            List<ContainerStatus> ephemeralContainerStatuses,
            @Gate("InPlacePodVerticalScaling") String resize,
            @ListMap("name") @PatchStrategy("merge,retainKeys") @Gate("DynamicResourceAllocation")
                    List<PodResourceClaimStatus> resourceClaimStatuses,
            @Nullable @Gate("DRAExtendedResource")
                    PodExtendedResourceClaimStatus extendedResourceClaimStatus,
            @Gate("InPlacePodLevelResourcesVerticalScaling")
                    Map<String, Quantity> allocatedResources,
            @Nullable @Gate("InPlacePodLevelResourcesVerticalScaling")
                    ResourceRequirements resources,
            @Gate("DRANodeAllocatableResources")
                    List<NodeAllocatableResourceClaimStatus>
                            nodeAllocatableResourceClaimStatuses) {}

    public record PodCondition(
            @Required String type,
            long observedGeneration,
            @Required String status,
            @Nullable @Always Instant lastProbeTime,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public record HostIP(@Required String ip) {}

    public record PodIP(@Required String ip) {}

    public record ContainerStatus(
            @Required String name,
            ContainerState state,
            ContainerState lastState,
            @Required boolean ready,
            @Required int restartCount,
            @Required String image,
            @Required String imageID,
            String containerID,
            @Nullable Boolean started,
            Map<String, Quantity> allocatedResources,
            @Nullable @Gate("InPlacePodVerticalScaling") ResourceRequirements resources,
            @ListMap("mountPath") List<VolumeMountStatus> volumeMounts,
            @Nullable @Gate("SupplementalGroupsPolicy") ContainerUser user,
            @ListMap("name") @Gate("ResourceHealthStatus")
                    List<ResourceStatus> allocatedResourcesStatus,
            @Nullable @StopSignal @Gate("ContainerStopSignals") String stopSignal) {}

    public record ContainerState(
            @Nullable ContainerStateWaiting waiting,
            @Nullable ContainerStateRunning running,
            @Nullable ContainerStateTerminated terminated) {}

    public record ContainerStateWaiting(String reason, String message) {}

    public record ContainerStateRunning(@Nullable @Always Instant startedAt) {}

    public record ContainerStateTerminated(
            @Required int exitCode,
            int signal,
            String reason,
            String message,
            @Nullable @Always Instant startedAt,
            @Nullable @Always Instant finishedAt,
            String containerID) {}

    public record VolumeMountStatus(
            @Required String name,
            @Required String mountPath,
            boolean readOnly,
            @Nullable String recursiveReadOnly,
            @Nullable VolumeStatus volumeStatus) {}

    public record VolumeStatus(@Nullable @Gate("ImageVolumeWithDigest") ImageVolumeStatus image) {}

    public record ImageVolumeStatus(@Required @OmitEmpty String imageRef) {}

    public record ContainerUser(@Nullable LinuxContainerUser linux) {}

    public record LinuxContainerUser(
            @Required long uid, @Required long gid, List<Long> supplementalGroups) {}

    public record ResourceStatus(
            @Required String name,
            @ListMap("resourceID") @PatchReplace List<ResourceHealth> resources) {}

    public record ResourceHealth(
            @Required String resourceID,
            String health,
            @Nullable @Gate("ResourceHealthStatusMessage") String message) {}

    public record PodResourceClaimStatus(
            @Required String name, @Nullable String resourceClaimName) {}

    public record PodExtendedResourceClaimStatus(
            @Required List<ContainerExtendedResourceRequest> requestMappings,
            @Required String resourceClaimName) {}

    public record ContainerExtendedResourceRequest(
            @Required String containerName,
            @Required String resourceName,
            @Required String requestName) {}

    public record NodeAllocatableResourceClaimStatus(
            @Required String resourceClaimName,
            @ListSet List<String> containers,
            @Required Map<String, Quantity> resources) {}

    public static final Strategy<Pod> STRATEGY =
            Strategy.<Pod>standard()
                    .reportMetadataAgain()
                    .answerDeleted()
                    .subresources(
                            "status",
                            "binding",
                            "eviction",
                            "log",
                            "exec",
                            "attach",
                            "portforward",
                            "proxy")
                    .part(
                            "ephemeralcontainers",
                            PodParts::withEphemeralContainers,
                            PodParts::ephemeralContainers)
                    .part("resize", PodParts::resized, PodParts::resize)
                    .resets("ephemeralcontainers", "status")
                    .resets("resize", "status")
                    .resets(
                            "status",
                            "spec",
                            "metadata.deletionTimestamp",
                            "metadata.ownerReferences")
                    .defaults(PodDefaults::pod)
                    .beforeCreate(PodCreation::prepare)
                    .beforeStatusUpdate(PodUpdates::prepareStatus)
                    .validate(PodValidation::create)
                    .validateUpdated(PodValidation::updated)
                    .validateUpdate(PodUpdates::check)
                    .validateStatusUpdate(PodUpdates::checkStatus)
                    .warnings(PodWarnings::of)
                    .fields(Pod::fields)
                    .graceful();

    /// Whether the pod can take requests: its `Ready` condition says so.
    public boolean ready() {
        return conditionIs("Ready", "True");
    }

    /// Whether the pod has neither ended nor been asked to end.
    public boolean active() {
        return !ended() && !deleting();
    }

    /// Whether all containers have ended for good.
    public boolean ended() {
        return status.phase().equals("Succeeded") || status.phase().equals("Failed");
    }

    /// Whether a node was found for it.
    public boolean scheduled() {
        return !spec.nodeName().isEmpty();
    }

    public @Nullable PodCondition condition(String type) {
        for (var condition : status.conditions()) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /// Whether there is a condition of this type with this status.
    public boolean conditionIs(String type, String value) {
        var condition = condition(type);
        return condition != null && condition.status().equals(value);
    }

    private Map<String, String> fields() {
        return Map.of(
                "spec.nodeName", spec.nodeName(),
                "spec.restartPolicy", spec.restartPolicy(),
                "spec.schedulerName", spec.schedulerName(),
                "spec.serviceAccountName", spec.serviceAccountName(),
                "spec.hostNetwork", Boolean.toString(spec.hostNetwork()),
                "status.phase", status.phase(),
                "status.podIP", status.podIP(),
                "status.nominatedNodeName", status.nominatedNodeName());
    }
}
