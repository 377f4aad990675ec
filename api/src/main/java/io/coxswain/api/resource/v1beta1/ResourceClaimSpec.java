package io.coxswain.api.resource.v1beta1;

import io.coxswain.api.resource.DeviceSelector;
import io.coxswain.api.resource.DeviceToleration;
import io.coxswain.api.resource.ResourceClaimSpec.CapacityRequirements;
import io.coxswain.api.resource.ResourceClaimSpec.DeviceClaimConfiguration;
import io.coxswain.api.resource.ResourceClaimSpec.DeviceConstraint;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a claim asks for. A request holds its only alternative itself.
public record ResourceClaimSpec(DeviceClaim devices) {

    public record DeviceClaim(
            @Always List<DeviceRequest> requests,
            List<DeviceConstraint> constraints,
            List<DeviceClaimConfiguration> config) {}

    public record DeviceRequest(
            @Required String name,
            @Always String deviceClassName,
            List<DeviceSelector> selectors,
            @OneOf({"All", "ExactCount"}) String allocationMode,
            long count,
            @Nullable @Gate("DRAAdminAccess") Boolean adminAccess,
            @Gate("DRAPrioritizedList") List<DeviceSubRequest> firstAvailable,
            @Gate("DRADeviceTaints") List<DeviceToleration> tolerations,
            @Nullable @Gate("DRAConsumableCapacity") CapacityRequirements capacity) {}

    public record DeviceSubRequest(
            @Required String name,
            @Required String deviceClassName,
            List<DeviceSelector> selectors,
            @OneOf({"All", "ExactCount"}) String allocationMode,
            long count,
            @Gate("DRADeviceTaints") List<DeviceToleration> tolerations,
            @Nullable @Gate("DRAConsumableCapacity") CapacityRequirements capacity) {}
}
