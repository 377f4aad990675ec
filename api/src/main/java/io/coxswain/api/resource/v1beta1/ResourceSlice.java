package io.coxswain.api.resource.v1beta1;

import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.resource.ResourceSlice.CounterSet;
import io.coxswain.api.resource.ResourceSlice.DeviceAttribute;
import io.coxswain.api.resource.ResourceSlice.DeviceCapacity;
import io.coxswain.api.resource.ResourceSlice.DeviceCounterConsumption;
import io.coxswain.api.resource.ResourceSlice.DeviceTaint;
import io.coxswain.api.resource.ResourceSlice.NodeAllocatableResourceMapping;
import io.coxswain.api.resource.ResourceSlice.ResourcePool;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "resource.k8s.io",
        version = "v1beta1",
        plural = "resourceslices",
        scope = Scope.CLUSTER)
public record ResourceSlice(ObjectMeta metadata, @Required ResourceSliceSpec spec)
        implements Resource {

    public record ResourceSliceSpec(
            @Required String driver,
            @Required ResourcePool pool,
            String nodeName,
            @Nullable NodeSelector nodeSelector,
            boolean allNodes,
            List<Device> devices,
            @Nullable @Gate("DRAPartitionableDevices") Boolean perDeviceNodeSelection,
            @Gate("DRAPartitionableDevices") List<CounterSet> sharedCounters) {}

    public record Device(@Required String name, @Nullable BasicDevice basic) {}

    public record BasicDevice(
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

    public static final Strategy<ResourceSlice> STRATEGY =
            io.coxswain.api.resource.ResourceSlice.STRATEGY.through(Conversions.SLICE);
}
