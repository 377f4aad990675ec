package io.coxswain.api.resource;

import io.coxswain.api.core.pods.AffinityValidation;
import io.coxswain.api.resource.DeviceClass.DeviceClassSpec;
import io.coxswain.api.resource.ResourceClaim.AllocatedDeviceStatus;
import io.coxswain.api.resource.ResourceClaim.AllocationResult;
import io.coxswain.api.resource.ResourceClaim.DeviceAllocationConfiguration;
import io.coxswain.api.resource.ResourceClaim.DeviceRequestAllocationResult;
import io.coxswain.api.resource.ResourceClaim.ResourceClaimConsumerReference;
import io.coxswain.api.resource.ResourceClaimSpec.DeviceClaim;
import io.coxswain.api.resource.ResourceClaimSpec.DeviceClaimConfiguration;
import io.coxswain.api.resource.ResourceClaimSpec.DeviceConstraint;
import io.coxswain.api.resource.ResourceClaimSpec.DeviceRequest;
import io.coxswain.api.resource.ResourceClaimSpec.DeviceSubRequest;
import io.coxswain.api.resource.ResourceClaimSpec.ExactDeviceRequest;
import io.coxswain.api.resource.ResourceClaimTemplate.ResourceClaimTemplateSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.ResourceNames;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of ResourceClaims, their templates, and DeviceClasses. Selectors are
/// checked by whoever can compile them.
final class ClaimRules {

    private static final String EXACT = "ExactCount";
    private static final int ITEMS_MAX = 32;
    private static final int ALTERNATIVES_MAX = 8;
    private static final int CONSUMERS_MAX = 256;
    private static final int EXPRESSION_MAX = 10 << 10;
    private static final String NO_SUCH_REQUEST =
            "must be the name of a request in the claim or the name of a request and a subrequest"
                    + " separated by '/'";

    private ClaimRules() {}

    static ResourceClaim withDefaults(ResourceClaim claim) {
        return Edit.with(claim, ResourceClaim::spec, withDefaults(claim.spec()));
    }

    static ResourceClaimTemplate withDefaults(ResourceClaimTemplate template) {
        return Edit.with(
                template,
                ResourceClaimTemplate::spec,
                Edit.with(
                        template.spec(),
                        ResourceClaimTemplateSpec::spec,
                        withDefaults(template.spec().spec())));
    }

    private static ResourceClaimSpec withDefaults(ResourceClaimSpec spec) {
        var requests = spec.devices().requests().stream().map(ClaimRules::withDefaults).toList();
        return Edit.with(
                spec,
                ResourceClaimSpec::devices,
                Edit.with(spec.devices(), DeviceClaim::requests, requests));
    }

    private static DeviceRequest withDefaults(DeviceRequest request) {
        var exactly = request.exactly();
        return new DeviceRequest(
                request.name(),
                exactly == null ? null : withDefaults(exactly),
                request.firstAvailable().stream().map(ClaimRules::withDefaults).toList());
    }

    private static ExactDeviceRequest withDefaults(ExactDeviceRequest request) {
        var mode = request.allocationMode().isEmpty() ? EXACT : request.allocationMode();
        var count = mode.equals(EXACT) && request.count() == 0 ? 1 : request.count();
        return Edit.of(request)
                .set(ExactDeviceRequest::allocationMode, mode)
                .set(ExactDeviceRequest::count, count)
                .done();
    }

    private static DeviceSubRequest withDefaults(DeviceSubRequest request) {
        var mode = request.allocationMode().isEmpty() ? EXACT : request.allocationMode();
        var count = mode.equals(EXACT) && request.count() == 0 ? 1 : request.count();
        return Edit.of(request)
                .set(DeviceSubRequest::allocationMode, mode)
                .set(DeviceSubRequest::count, count)
                .done();
    }

    static void check(ResourceClaim claim, FieldErrors errors) {
        devices(claim.spec().devices(), errors.at("spec").at("devices"));
    }

    static void update(ResourceClaim old, ResourceClaim updated, FieldErrors errors) {
        Values.immutable(old.spec(), updated.spec(), errors.at("spec"));
    }

    static void check(ResourceClaimTemplate template, FieldErrors errors) {
        devices(template.spec().spec().devices(), errors.at("spec").at("spec").at("devices"));
    }

    static void update(
            ResourceClaimTemplate old, ResourceClaimTemplate updated, FieldErrors errors) {
        Values.immutable(old.spec(), updated.spec(), errors.at("spec"));
    }

    static void check(DeviceClass kind, FieldErrors all) {
        DeviceClassSpec spec = kind.spec();
        var errors = all.at("spec");
        selectors(spec.selectors(), errors.at("selectors"));
        DeviceNames.list(
                spec.config(),
                ITEMS_MAX,
                (config, at) -> opaque(config.opaque(), at),
                errors.at("config"));
        var name = spec.extendedResourceName();
        if (name != null && !ResourceNames.isExtended(name)) {
            errors.at("extendedResourceName")
                    .invalid(name, "must be a valid extended resource name");
        }
    }

    static void status(ResourceClaim old, ResourceClaim updated, FieldErrors all) {
        var errors = all.at("status");
        var status = updated.status();
        DeviceNames.set(
                status.reservedFor(),
                CONSUMERS_MAX,
                ResourceClaimConsumerReference::uid,
                ClaimRules::consumer,
                errors.at("reservedFor"));
        var allocation = status.allocation();
        DeviceNames.set(
                status.devices(),
                Integer.MAX_VALUE,
                device -> deviceId(device.driver(), device.pool(), device.device()),
                (device, at) -> device(device, allocated(allocation), at),
                errors.at("devices"));
        if (!status.reservedFor().isEmpty()) {
            if (allocation == null) {
                errors.at("reservedFor")
                        .forbidden("may not be specified when `allocated` is not set");
            } else if (updated.deleting()
                    && !old.status().reservedFor().containsAll(status.reservedFor())) {
                errors.at("reservedFor")
                        .forbidden(
                                "new entries may not be added while `deallocationRequested` or"
                                        + " `deletionTimestamp` are set");
            }
        }
        var before = old.status().allocation();
        if (allocation == null) {
            return;
        }
        if (before != null) {
            Values.immutable(before, allocation, errors.at("allocation"));
            return;
        }
        allocation(allocation, names(updated.spec().devices()), errors.at("allocation"));
    }

    private static void devices(DeviceClaim claim, FieldErrors errors) {
        var names = names(claim);
        DeviceNames.set(
                claim.requests(),
                ITEMS_MAX,
                DeviceRequest::name,
                ClaimRules::request,
                errors.at("requests"));
        DeviceNames.list(
                claim.constraints(),
                ITEMS_MAX,
                (constraint, at) -> constraint(constraint, names, at),
                errors.at("constraints"));
        DeviceNames.list(
                claim.config(),
                ITEMS_MAX,
                (config, at) -> config(config, names, at),
                errors.at("config"));
    }

    /// `request` and `request/alternative`, as others may refer to them.
    private static Set<String> names(DeviceClaim claim) {
        return claim.requests().stream()
                .flatMap(request ->
                        Stream.concat(
                                Stream.of(request.name()),
                                request.firstAvailable().stream()
                                        .map(sub -> request.name() + "/" + sub.name())))
                .collect(Collectors.toSet());
    }

    private static void request(DeviceRequest request, FieldErrors errors) {
        DeviceNames.requiredLabel(request.name(), errors.at("name"));
        var exactly = request.exactly();
        var alternatives = request.firstAvailable();
        if (exactly == null && alternatives.isEmpty()) {
            errors.required("exactly one of `exactly` or `firstAvailable` is required");
        } else if (exactly != null && !alternatives.isEmpty()) {
            errors.invalid(
                    null,
                    "exactly one of `exactly` or `firstAvailable` is required, but multiple fields"
                            + " are set");
        } else if (exactly != null) {
            var at = errors.at("exactly");
            DeviceNames.deviceClass(exactly.deviceClassName(), at.at("deviceClassName"));
            selectors(exactly.selectors(), at.at("selectors"));
            mode(exactly.allocationMode(), exactly.count(), at);
            tolerations(exactly.tolerations(), at.at("tolerations"));
        } else {
            DeviceNames.set(
                    alternatives,
                    ALTERNATIVES_MAX,
                    DeviceSubRequest::name,
                    ClaimRules::alternative,
                    errors.at("firstAvailable"));
        }
    }

    private static void alternative(DeviceSubRequest request, FieldErrors errors) {
        DeviceNames.requiredLabel(request.name(), errors.at("name"));
        DeviceNames.deviceClass(request.deviceClassName(), errors.at("deviceClassName"));
        selectors(request.selectors(), errors.at("selectors"));
        mode(request.allocationMode(), request.count(), errors);
        tolerations(request.tolerations(), errors.at("tolerations"));
    }

    private static void mode(String mode, long count, FieldErrors errors) {
        switch (mode) {
            case "All" -> {
                if (count != 0) {
                    errors.at("count")
                            .invalid(count, "must not be specified when allocationMode is 'All'");
                }
            }
            case EXACT -> {
                if (count <= 0) {
                    errors.at("count").invalid(count, "must be greater than zero");
                }
            }
            default -> errors.at("allocationMode").notSupported(mode, List.of("All", EXACT));
        }
    }

    private static void selectors(List<DeviceSelector> selectors, FieldErrors errors) {
        DeviceNames.list(
                selectors,
                ITEMS_MAX,
                (selector, at) -> {
                    var cel = selector.cel();
                    if (cel == null) {
                        at.at("cel").required("");
                    } else if (cel.expression().length() > EXPRESSION_MAX) {
                        at.at("cel").at("expression").tooLong(EXPRESSION_MAX);
                    }
                },
                errors);
    }

    private static void tolerations(List<DeviceToleration> tolerations, FieldErrors errors) {
        for (var i = 0; i < tolerations.size(); i++) {
            var toleration = tolerations.get(i);
            var at = errors.at(i);
            if (!toleration.key().isEmpty()) {
                at.at("key").invalid(toleration.key(), Names.qualified(toleration.key()));
            }
            switch (toleration.operator()) {
                case "Exists" -> {
                    if (!toleration.value().isEmpty()) {
                        at.at("value")
                                .invalid(toleration.value(), "must be empty for operator `Exists`");
                    }
                }
                case "Equal" ->
                        at.at("value")
                                .invalid(toleration.value(), Names.labelValue(toleration.value()));
                default ->
                        at.at("operator")
                                .notSupported(toleration.operator(), List.of("Equal", "Exists"));
            }
            if (!toleration.effect().isEmpty()) {
                Values.oneOf(
                        toleration.effect(),
                        List.of("NoExecute", "NoSchedule", "None"),
                        at.at("effect"));
            }
        }
    }

    private static void constraint(
            DeviceConstraint constraint, Set<String> names, FieldErrors errors) {
        references(constraint.requests(), names, errors.at("requests"));
        var match = constraint.matchAttribute();
        var distinct = constraint.distinctAttribute();
        if (match != null) {
            DeviceNames.fullyQualified(match, errors.at("matchAttribute"));
        } else if (distinct != null) {
            DeviceNames.fullyQualified(distinct, errors.at("distinctAttribute"));
        } else {
            errors.required(
                    "exactly one of \"matchAttribute\" or \"distinctAttribute\" is required, but"
                            + " multiple fields are set");
        }
    }

    private static void config(
            DeviceClaimConfiguration config, Set<String> names, FieldErrors errors) {
        references(config.requests(), names, errors.at("requests"));
        opaque(config.opaque(), errors);
    }

    private static void references(List<String> requests, Set<String> names, FieldErrors errors) {
        DeviceNames.set(
                requests,
                ITEMS_MAX,
                name -> name,
                (name, at) -> reference(name, names, at),
                errors);
    }

    private static void reference(String name, Set<String> names, FieldErrors errors) {
        var parts = name.split("/", -1);
        if (parts.length > 2) {
            errors.invalid(name, NO_SUCH_REQUEST);
            return;
        }
        for (var part : parts) {
            DeviceNames.requiredLabel(part, errors);
        }
        if (!names.contains(name)) {
            errors.invalid(name, NO_SUCH_REQUEST);
        }
    }

    private static void opaque(@Nullable OpaqueDeviceConfiguration opaque, FieldErrors errors) {
        if (opaque == null) {
            errors.at("opaque").required("");
            return;
        }
        DeviceNames.driver(opaque.driver(), errors.at("opaque").at("driver"));
        if (opaque.parameters() == null) {
            errors.at("opaque").at("parameters").required("");
        }
    }

    private static void consumer(ResourceClaimConsumerReference consumer, FieldErrors errors) {
        Values.required(consumer.resource(), errors.at("resource"));
        Values.required(consumer.name(), errors.at("name"));
        Values.required(consumer.uid(), errors.at("uid"));
    }

    private static Set<String> allocated(@Nullable AllocationResult allocation) {
        var ids = new HashSet<String>();
        if (allocation != null) {
            allocation
                    .devices()
                    .results()
                    .forEach(one -> ids.add(deviceId(one.driver(), one.pool(), one.device())));
        }
        return ids;
    }

    private static String deviceId(String driver, String pool, String device) {
        return driver + "/" + pool + "/" + device;
    }

    private static void device(
            AllocatedDeviceStatus device, Set<String> allocated, FieldErrors errors) {
        DeviceNames.driver(device.driver(), errors.at("driver"));
        DeviceNames.pool(device.pool(), errors.at("pool"));
        DeviceNames.label(device.device(), errors.at("device"));
        if (!allocated.contains(deviceId(device.driver(), device.pool(), device.device()))) {
            errors.invalid(
                    Map.of(
                            "Driver", device.driver(),
                            "Pool", device.pool(),
                            "Device", device.device()),
                    "must be an allocated device in the claim");
        }
    }

    private static void allocation(
            AllocationResult allocation, Set<String> names, FieldErrors errors) {
        var at = errors.at("devices");
        DeviceNames.list(
                allocation.devices().results(),
                ITEMS_MAX,
                (result, field) -> result(result, names, field),
                at.at("results"));
        DeviceNames.list(
                allocation.devices().config(),
                2 * ITEMS_MAX,
                (config, field) -> allocated(config, names, field),
                at.at("config"));
        var selector = allocation.nodeSelector();
        if (selector != null) {
            AffinityValidation.nodeSelector(selector, errors.at("nodeSelector"));
        }
    }

    private static void result(
            DeviceRequestAllocationResult result, Set<String> names, FieldErrors errors) {
        reference(result.request(), names, errors.at("request"));
        DeviceNames.driver(result.driver(), errors.at("driver"));
        DeviceNames.pool(result.pool(), errors.at("pool"));
        DeviceNames.label(result.device(), errors.at("device"));
        tolerations(result.tolerations(), errors.at("tolerations"));
    }

    private static void allocated(
            DeviceAllocationConfiguration config, Set<String> names, FieldErrors errors) {
        Values.requiredOneOf(
                config.source(), List.of("FromClaim", "FromClass"), errors.at("source"));
        references(config.requests(), names, errors.at("requests"));
        opaque(config.opaque(), errors);
    }
}
