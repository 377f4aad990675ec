package io.coxswain.api.resource;

import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Name;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "resource.k8s.io", version = "v1", plural = "resourceslices", scope = Scope.CLUSTER)
public record ResourceSlice(ObjectMeta metadata, @Required ResourceSliceSpec spec)
        implements Resource {

    public record ResourceSliceSpec(
            @Required String driver,
            @Required ResourcePool pool,
            @Nullable String nodeName,
            @Nullable NodeSelector nodeSelector,
            @Nullable Boolean allNodes,
            List<Device> devices,
            @Nullable @Gate("DRAPartitionableDevices") Boolean perDeviceNodeSelection,
            @Gate("DRAPartitionableDevices") List<CounterSet> sharedCounters) {}

    public record ResourcePool(
            @Required String name, @Required long generation, @Required long resourceSliceCount) {}

    public record Device(
            @Required String name,
            Map<String, DeviceAttribute> attributes,
            Map<String, DeviceCapacity> capacity,
            @Gate("DRAPartitionableDevices") List<DeviceCounterConsumption> consumesCounters,
            @Nullable @Gate("DRAPartitionableDevices") String nodeName,
            @Nullable @Gate("DRAPartitionableDevices") NodeSelector nodeSelector,
            @Nullable @Gate("DRAPartitionableDevices") Boolean allNodes,
            @Gate("DRADeviceTaints") List<DeviceTaint> taints,
            @Nullable @Gate({"DRADeviceBindingConditions", "DRAResourceClaimDeviceStatus"})
                    Boolean bindsToNode,
            @Gate({"DRADeviceBindingConditions", "DRAResourceClaimDeviceStatus"})
                    List<String> bindingConditions,
            @Gate({"DRADeviceBindingConditions", "DRAResourceClaimDeviceStatus"})
                    List<String> bindingFailureConditions,
            @Nullable @Gate("DRAConsumableCapacity") Boolean allowMultipleAllocations,
            @Gate("DRANodeAllocatableResources")
                    Map<String, NodeAllocatableResourceMapping> nodeAllocatableResourceMappings) {}

    public record DeviceAttribute(
            @Name("int") @Nullable Long int_,
            @Nullable Boolean bool,
            @Nullable String string,
            @Nullable String version,
            @Gate("DRAListTypeAttributes") List<Long> ints,
            @Gate("DRAListTypeAttributes") List<Boolean> bools,
            @Gate("DRAListTypeAttributes") List<String> strings,
            @Gate("DRAListTypeAttributes") List<String> versions) {}

    public record DeviceCapacity(
            @Required Quantity value,
            @Nullable @Gate("DRAConsumableCapacity") CapacityRequestPolicy requestPolicy) {}

    public record CapacityRequestPolicy(
            @Name("default") @Nullable @Always Quantity default_,
            List<Quantity> validValues,
            @Nullable CapacityRequestPolicyRange validRange) {}

    public record CapacityRequestPolicyRange(
            @Required @OmitEmpty Quantity min, @Nullable Quantity max, @Nullable Quantity step) {}

    public record DeviceCounterConsumption(
            @Required String counterSet, @Required @OmitEmpty Map<String, Counter> counters) {}

    public record Counter(@Required Quantity value) {}

    public record DeviceTaint(
            @Required String key,
            String value,
            @Required @OneOf({"NoExecute", "NoSchedule", "None"}) String effect,
            @Nullable Instant timeAdded) {}

    public record NodeAllocatableResourceMapping(
            @Nullable String capacityKey, @Nullable Quantity allocationMultiplier) {}

    public record CounterSet(
            @Required String name, @Required @OmitEmpty Map<String, Counter> counters) {}

    public static final Strategy<ResourceSlice> STRATEGY =
            Strategy.<ResourceSlice>standard()
                    .answerDeleted()
                    .validate(SliceRules::check)
                    .validateUpdate(SliceRules::update)
                    .fields(slice -> {
                        var node = slice.spec().nodeName();
                        return Map.of(
                                "spec.driver",
                                slice.spec().driver(),
                                "spec.nodeName",
                                node == null ? "" : node);
                    });
}
