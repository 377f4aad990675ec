package io.coxswain.api.resource;

import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.Condition;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Opaque;
import io.coxswain.api.schema.PatchReplace;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "resource.k8s.io", version = "v1", plural = "resourceclaims")
public record ResourceClaim(
        ObjectMeta metadata, @Required ResourceClaimSpec spec, ResourceClaimStatus status)
        implements Resource {

    public record ResourceClaimStatus(
            @Nullable AllocationResult allocation,
            @ListMap("uid") List<ResourceClaimConsumerReference> reservedFor,
            @ListMap({"driver", "device", "pool", "shareID"})
                    @PatchReplace
                    @Gate("DRAResourceClaimDeviceStatus")
                    List<AllocatedDeviceStatus> devices) {}

    public record AllocationResult(
            DeviceAllocationResult devices,
            @Nullable NodeSelector nodeSelector,
            @Nullable @Gate({"DRADeviceBindingConditions", "DRAResourceClaimDeviceStatus"})
                    Instant allocationTimestamp) {}

    public record DeviceAllocationResult(
            List<DeviceRequestAllocationResult> results,
            List<DeviceAllocationConfiguration> config) {}

    public record DeviceRequestAllocationResult(
            @Required String request,
            @Required String driver,
            @Required String pool,
            @Required String device,
            @Nullable @Gate("DRAAdminAccess") Boolean adminAccess,
            @Gate("DRADeviceTaints") List<DeviceToleration> tolerations,
            @Gate({"DRADeviceBindingConditions", "DRAResourceClaimDeviceStatus"})
                    List<String> bindingConditions,
            @Gate({"DRADeviceBindingConditions", "DRAResourceClaimDeviceStatus"})
                    List<String> bindingFailureConditions,
            @Nullable @Gate("DRAConsumableCapacity") String shareID,
            @Gate("DRAConsumableCapacity") Map<String, Quantity> consumedCapacity) {}

    public record DeviceAllocationConfiguration(
            @Required @OneOf({"FromClaim", "FromClass"}) String source,
            List<String> requests,
            @Nullable OpaqueDeviceConfiguration opaque) {}

    public record ResourceClaimConsumerReference(
            String apiGroup,
            @Required String resource,
            @Required String name,
            @Required String uid) {}

    public record AllocatedDeviceStatus(
            @Required String driver,
            @Required String pool,
            @Required String device,
            @Nullable @Gate("DRAConsumableCapacity") String shareID,
            @Always @ListMap("type") @PatchReplace List<Condition> conditions,
            @Nullable @Opaque Json data,
            @Nullable NetworkDeviceData networkData) {}

    public record NetworkDeviceData(
            String interfaceName, List<String> ips, String hardwareAddress) {}

    public static final Strategy<ResourceClaim> STRATEGY =
            Strategy.<ResourceClaim>standard()
                    .withoutGeneration()
                    .answerDeleted()
                    .subresources("status")
                    .defaults(ClaimRules::withDefaults)
                    .validate(ClaimRules::check)
                    .validateUpdated((claim, errors) -> {})
                    .validateUpdate(ClaimRules::update)
                    .validateStatusUpdate(ClaimRules::status);
}
