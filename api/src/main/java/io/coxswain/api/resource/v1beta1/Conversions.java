package io.coxswain.api.resource.v1beta1;

import io.coxswain.api.resource.ResourceClaimSpec.ExactDeviceRequest;
import io.coxswain.api.resource.ResourceSlice.Device;
import io.coxswain.api.resource.v1beta1.ResourceClaimSpec.DeviceClaim;
import io.coxswain.api.resource.v1beta1.ResourceClaimSpec.DeviceRequest;
import io.coxswain.api.resource.v1beta1.ResourceClaimSpec.DeviceSubRequest;
import io.coxswain.api.resource.v1beta1.ResourceClaimTemplate.ResourceClaimTemplateSpec;
import io.coxswain.api.resource.v1beta1.ResourceSlice.BasicDevice;
import io.coxswain.api.resource.v1beta1.ResourceSlice.ResourceSliceSpec;
import io.coxswain.api.schema.Conversion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Between this version and the final one, where a request names its alternatives (`exactly` or
/// `firstAvailable`) and a device is not wrapped in `basic`.
public final class Conversions {

    public static final Conversion<ResourceClaim, io.coxswain.api.resource.ResourceClaim> CLAIM =
            new Conversion<>(
                    claim ->
                            new io.coxswain.api.resource.ResourceClaim(
                                    claim.metadata(), stored(claim.spec()), claim.status()),
                    claim ->
                            new ResourceClaim(
                                    claim.metadata(), shown(claim.spec()), claim.status()));

    public static final Conversion<
                    ResourceClaimTemplate, io.coxswain.api.resource.ResourceClaimTemplate>
            TEMPLATE =
                    new Conversion<>(
                            template ->
                                    new io.coxswain.api.resource.ResourceClaimTemplate(
                                            template.metadata(),
                                            new io.coxswain.api.resource.ResourceClaimTemplate
                                                    .ResourceClaimTemplateSpec(
                                                    template.spec().metadata(),
                                                    stored(template.spec().spec()))),
                            template ->
                                    new ResourceClaimTemplate(
                                            template.metadata(),
                                            new ResourceClaimTemplateSpec(
                                                    template.spec().metadata(),
                                                    shown(template.spec().spec()))));

    public static final Conversion<ResourceSlice, io.coxswain.api.resource.ResourceSlice> SLICE =
            new Conversion<>(
                    slice ->
                            new io.coxswain.api.resource.ResourceSlice(
                                    slice.metadata(), stored(slice.spec())),
                    slice -> new ResourceSlice(slice.metadata(), shown(slice.spec())));

    private Conversions() {}

    private static io.coxswain.api.resource.ResourceClaimSpec stored(ResourceClaimSpec spec) {
        var devices = spec.devices();
        return new io.coxswain.api.resource.ResourceClaimSpec(
                new io.coxswain.api.resource.ResourceClaimSpec.DeviceClaim(
                        devices.requests().stream().map(Conversions::stored).toList(),
                        devices.constraints(),
                        devices.config()));
    }

    private static ResourceClaimSpec shown(io.coxswain.api.resource.ResourceClaimSpec spec) {
        var devices = spec.devices();
        return new ResourceClaimSpec(
                new DeviceClaim(
                        devices.requests().stream().map(Conversions::shown).toList(),
                        devices.constraints(),
                        devices.config()));
    }

    private static io.coxswain.api.resource.ResourceClaimSpec.DeviceRequest stored(
            DeviceRequest request) {
        return new io.coxswain.api.resource.ResourceClaimSpec.DeviceRequest(
                request.name(),
                exactly(request),
                request.firstAvailable().stream().map(Conversions::stored).toList());
    }

    /// The only alternative, if the request says anything about one.
    private static @Nullable ExactDeviceRequest exactly(DeviceRequest request) {
        var says =
                !request.deviceClassName().isEmpty()
                        || !request.selectors().isEmpty()
                        || !request.allocationMode().isEmpty()
                        || request.count() != 0
                        || request.adminAccess() != null
                        || !request.tolerations().isEmpty()
                        || request.capacity() != null;
        return says
                ? new ExactDeviceRequest(
                        request.deviceClassName(),
                        request.selectors(),
                        request.allocationMode(),
                        request.count(),
                        request.adminAccess(),
                        request.tolerations(),
                        request.capacity())
                : null;
    }

    private static DeviceRequest shown(
            io.coxswain.api.resource.ResourceClaimSpec.DeviceRequest request) {
        var alternatives = request.firstAvailable().stream().map(Conversions::shown).toList();
        var only = request.exactly();
        if (only == null) {
            return new DeviceRequest(
                    request.name(), "", List.of(), "", 0, null, alternatives, List.of(), null);
        }
        return new DeviceRequest(
                request.name(),
                only.deviceClassName(),
                only.selectors(),
                only.allocationMode(),
                only.count(),
                only.adminAccess(),
                alternatives,
                only.tolerations(),
                only.capacity());
    }

    private static io.coxswain.api.resource.ResourceClaimSpec.DeviceSubRequest stored(
            DeviceSubRequest request) {
        return new io.coxswain.api.resource.ResourceClaimSpec.DeviceSubRequest(
                request.name(),
                request.deviceClassName(),
                request.selectors(),
                request.allocationMode(),
                request.count(),
                request.tolerations(),
                request.capacity());
    }

    private static DeviceSubRequest shown(
            io.coxswain.api.resource.ResourceClaimSpec.DeviceSubRequest request) {
        return new DeviceSubRequest(
                request.name(),
                request.deviceClassName(),
                request.selectors(),
                request.allocationMode(),
                request.count(),
                request.tolerations(),
                request.capacity());
    }

    private static io.coxswain.api.resource.ResourceSlice.ResourceSliceSpec stored(
            ResourceSliceSpec spec) {
        return new io.coxswain.api.resource.ResourceSlice.ResourceSliceSpec(
                spec.driver(),
                spec.pool(),
                spec.nodeName().isEmpty() ? null : spec.nodeName(),
                spec.nodeSelector(),
                spec.allNodes() ? true : null,
                spec.devices().stream().map(Conversions::stored).toList(),
                spec.perDeviceNodeSelection(),
                spec.sharedCounters());
    }

    private static ResourceSliceSpec shown(
            io.coxswain.api.resource.ResourceSlice.ResourceSliceSpec spec) {
        var node = spec.nodeName();
        return new ResourceSliceSpec(
                spec.driver(),
                spec.pool(),
                node == null ? "" : node,
                spec.nodeSelector(),
                Boolean.TRUE.equals(spec.allNodes()),
                spec.devices().stream().map(Conversions::shown).toList(),
                spec.perDeviceNodeSelection(),
                spec.sharedCounters());
    }

    private static Device stored(ResourceSlice.Device device) {
        var given = device.basic();
        var basic =
                given == null
                        ? io.coxswain.api.schema.RecordType.of(BasicDevice.class).empty()
                        : given;
        return new Device(
                device.name(),
                basic.attributes(),
                basic.capacity(),
                basic.consumesCounters(),
                basic.nodeName(),
                basic.nodeSelector(),
                basic.allNodes(),
                basic.taints(),
                basic.bindsToNode(),
                basic.bindingConditions(),
                basic.bindingFailureConditions(),
                basic.allowMultipleAllocations(),
                basic.nodeAllocatableResourceMappings());
    }

    private static ResourceSlice.Device shown(Device device) {
        return new ResourceSlice.Device(
                device.name(),
                new BasicDevice(
                        device.attributes(),
                        device.capacity(),
                        device.consumesCounters(),
                        device.nodeName(),
                        device.nodeSelector(),
                        device.allNodes(),
                        device.taints(),
                        device.bindsToNode(),
                        device.bindingConditions(),
                        device.bindingFailureConditions(),
                        device.allowMultipleAllocations(),
                        device.nodeAllocatableResourceMappings()));
    }
}
