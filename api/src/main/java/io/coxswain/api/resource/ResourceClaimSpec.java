package io.coxswain.api.resource;

import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record ResourceClaimSpec(DeviceClaim devices) {

    public record DeviceClaim(
            @Always List<DeviceRequest> requests,
            List<DeviceConstraint> constraints,
            List<DeviceClaimConfiguration> config) {}

    public record DeviceRequest(
            @Required String name,
            @Nullable ExactDeviceRequest exactly,
            @Gate("DRAPrioritizedList") List<DeviceSubRequest> firstAvailable) {}

    public record ExactDeviceRequest(
            @Required String deviceClassName,
            List<DeviceSelector> selectors,
            @OneOf({"All", "ExactCount"}) String allocationMode,
            long count,
            @Nullable @Gate("DRAAdminAccess") Boolean adminAccess,
            @Gate("DRADeviceTaints") List<DeviceToleration> tolerations,
            @Nullable @Gate("DRAConsumableCapacity") CapacityRequirements capacity) {}

    public record CapacityRequirements(Map<String, Quantity> requests) {}

    public record DeviceSubRequest(
            @Required String name,
            @Required String deviceClassName,
            List<DeviceSelector> selectors,
            @OneOf({"All", "ExactCount"}) String allocationMode,
            long count,
            @Gate("DRADeviceTaints") List<DeviceToleration> tolerations,
            @Nullable @Gate("DRAConsumableCapacity") CapacityRequirements capacity) {}

    public record DeviceConstraint(
            List<String> requests,
            @Nullable String matchAttribute,
            @Nullable @Gate("DRAConsumableCapacity") String distinctAttribute) {}

    public record DeviceClaimConfiguration(
            List<String> requests, @Nullable OpaqueDeviceConfiguration opaque) {}
}
