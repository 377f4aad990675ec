package io.coxswain.api.resource;

import io.coxswain.api.core.pods.AffinityValidation;
import io.coxswain.api.resource.ResourceSlice.CounterSet;
import io.coxswain.api.resource.ResourceSlice.Device;
import io.coxswain.api.resource.ResourceSlice.DeviceAttribute;
import io.coxswain.api.resource.ResourceSlice.DeviceCounterConsumption;
import io.coxswain.api.resource.ResourceSlice.DeviceTaint;
import io.coxswain.api.resource.ResourceSlice.ResourcePool;
import io.coxswain.api.resource.ResourceSlice.ResourceSliceSpec;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of ResourceSlices: what a driver may say about its devices.
final class SliceRules {

    private static final String WHERE =
            "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is"
                    + " required";
    private static final String WHERE_OF_DEVICE =
            "exactly one of `nodeName`, `nodeSelector`, or `allNodes` is required when"
                    + " `perDeviceNodeSelection` is set to true in the ResourceSlice spec";
    private static final String VERSION =
            "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
                    + "(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?";
    private static final int DEVICES_MAX = 128;
    private static final int DEVICES_MAX_WITH_MORE = 64;
    private static final int COUNTER_SETS_MAX = 8;
    private static final int PROPERTIES_MAX = 32;
    private static final int TAINTS_MAX = 16;
    private static final int COUNTERS_MAX = 32;
    private static final int CONSUMPTIONS_MAX = 2;
    private static final int VALUE_MAX = 64;

    private SliceRules() {}

    static void check(ResourceSlice slice, FieldErrors all) {
        var spec = slice.spec();
        var errors = all.at("spec");
        DeviceNames.driver(spec.driver(), errors.at("driver"));
        pool(spec.pool(), errors.at("pool"));
        place(spec, errors);
        if (!spec.sharedCounters().isEmpty() && !spec.devices().isEmpty()) {
            errors.invalid("", "only one of `sharedCounters` or `devices` is allowed");
        }
        var more =
                spec.devices().stream()
                        .anyMatch(one ->
                                !one.taints().isEmpty() || !one.consumesCounters().isEmpty());
        var apart = Boolean.TRUE.equals(spec.perDeviceNodeSelection());
        DeviceNames.set(
                spec.devices(),
                more ? DEVICES_MAX_WITH_MORE : DEVICES_MAX,
                Device::name,
                (device, at) -> device(device, apart, at),
                errors.at("devices"));
        DeviceNames.set(
                spec.sharedCounters(),
                COUNTER_SETS_MAX,
                CounterSet::name,
                SliceRules::counters,
                errors.at("sharedCounters"));
    }

    static void update(ResourceSlice old, ResourceSlice updated, FieldErrors all) {
        var errors = all.at("spec");
        var before = old.spec();
        var after = updated.spec();
        Values.immutable(before.pool().name(), after.pool().name(), errors.at("pool").at("name"));
        Values.immutable(before.driver(), after.driver(), errors.at("driver"));
        Values.immutable(before.nodeName(), after.nodeName(), errors.at("nodeName"));
    }

    private static void pool(ResourcePool pool, FieldErrors errors) {
        DeviceNames.pool(pool.name(), errors.at("name"));
        if (pool.resourceSliceCount() <= 0) {
            errors.at("resourceSliceCount")
                    .invalid(pool.resourceSliceCount(), "must be greater than zero");
        }
        if (pool.generation() < 0) {
            errors.at("generation")
                    .invalid(pool.generation(), "must be greater than or equal to zero");
        }
    }

    private static void place(ResourceSliceSpec spec, FieldErrors errors) {
        var set = new ArrayList<String>();
        var name = spec.nodeName();
        if (name != null) {
            if (name.isEmpty()) {
                errors.at("nodeName")
                        .invalid(name, "must be either unset or set to a non-empty string");
            } else {
                set.add("`nodeName`");
                errors.at("nodeName").invalid(name, Names.subdomain(name));
            }
        }
        var selector = spec.nodeSelector();
        if (selector != null) {
            set.add("`nodeSelector`");
            AffinityValidation.nodeSelector(selector, errors.at("nodeSelector"));
            if (selector.nodeSelectorTerms().size() != 1) {
                errors.at("nodeSelector")
                        .at("nodeSelectorTerms")
                        .invalid(
                                selector.nodeSelectorTerms(),
                                "must have exactly one node selector term");
            }
        }
        flag(spec.allNodes(), "allNodes", set, errors);
        flag(spec.perDeviceNodeSelection(), "perDeviceNodeSelection", set, errors);
        if (set.isEmpty()) {
            errors.required(WHERE);
        } else if (set.size() > 1) {
            errors.invalid(
                    "{" + String.join(", ", set) + "}", WHERE + ", but multiple fields are set");
        }
    }

    private static void flag(
            @Nullable Boolean value, String field, List<String> set, FieldErrors errors) {
        if (value == null) {
            return;
        }
        if (value) {
            set.add("`" + field + "`");
        } else {
            errors.at(field).invalid(false, "must be either unset or set to true");
        }
    }

    private static void device(Device device, boolean apart, FieldErrors errors) {
        DeviceNames.label(device.name(), errors.at("name"));
        var properties = device.attributes().size() + device.capacity().size();
        if (properties > PROPERTIES_MAX) {
            errors.invalid(
                    properties,
                    "the total number of attributes and capacities must not exceed "
                            + PROPERTIES_MAX);
        }
        device.attributes()
                .forEach((name, attribute) -> {
                    DeviceNames.qualified(name, errors.at("attributes"));
                    attribute(attribute, errors.at("attributes").key(name));
                });
        var several = Boolean.TRUE.equals(device.allowMultipleAllocations());
        device.capacity()
                .forEach((name, capacity) -> {
                    DeviceNames.qualified(name, errors.at("capacity"));
                    if (!several && capacity.requestPolicy() != null) {
                        errors.at("capacity")
                                .key(name)
                                .at("requestPolicy")
                                .forbidden("allowMultipleAllocations must be true");
                    }
                });
        DeviceNames.list(device.taints(), TAINTS_MAX, SliceRules::taint, errors.at("taints"));
        DeviceNames.set(
                device.consumesCounters(),
                CONSUMPTIONS_MAX,
                DeviceCounterConsumption::counterSet,
                SliceRules::consumption,
                errors.at("consumesCounters"));
        place(device, apart, errors);
    }

    private static void place(Device device, boolean apart, FieldErrors errors) {
        var name = device.nodeName();
        var selector = device.nodeSelector();
        if (!apart) {
            if (name != null || selector != null || device.allNodes() != null) {
                errors.invalid(
                        null,
                        "`nodeName`, `nodeSelector` and `allNodes` can only be set if"
                                + " `perDeviceNodeSelection` is set to true in the ResourceSlice"
                                + " spec");
            }
            return;
        }
        var set = new ArrayList<String>();
        if (name != null) {
            if (name.isEmpty()) {
                errors.at("nodeName").invalid(name, "must not be empty");
            } else {
                set.add("`nodeName`");
                errors.at("nodeName").invalid(name, Names.subdomain(name));
            }
        }
        if (selector != null) {
            set.add("`nodeSelector`");
            AffinityValidation.nodeSelector(selector, errors.at("nodeSelector"));
        }
        flag(device.allNodes(), "allNodes", set, errors);
        if (set.isEmpty()) {
            errors.required(WHERE_OF_DEVICE);
        } else if (set.size() > 1) {
            errors.invalid("{" + String.join(", ", set) + "}", WHERE_OF_DEVICE);
        }
    }

    private static void attribute(DeviceAttribute attribute, FieldErrors errors) {
        var set = 0;
        set += attribute.bool() == null ? 0 : 1;
        set += attribute.int_() == null ? 0 : 1;
        var text = attribute.string();
        if (text != null) {
            set++;
            text(text, errors.at("string"));
        }
        var version = attribute.version();
        if (version != null) {
            set++;
            version(version, errors.at("version"));
        }
        set += attribute.bools().isEmpty() ? 0 : 1;
        set += attribute.ints().isEmpty() ? 0 : 1;
        set += attribute.strings().isEmpty() ? 0 : 1;
        set += attribute.versions().isEmpty() ? 0 : 1;
        DeviceNames.list(
                attribute.strings(), Integer.MAX_VALUE, SliceRules::text, errors.at("strings"));
        DeviceNames.list(
                attribute.versions(),
                Integer.MAX_VALUE,
                SliceRules::version,
                errors.at("versions"));
        if (set != 1) {
            errors.invalid(set == 0 ? "" : attribute, "exactly one value must be specified");
        }
    }

    private static void text(String value, FieldErrors errors) {
        if (value.length() > VALUE_MAX) {
            errors.tooLong(VALUE_MAX);
        }
    }

    private static void version(String value, FieldErrors errors) {
        if (!value.matches(VERSION)) {
            errors.invalid(value, "must be a string compatible with semver.org spec 2.0.0");
        }
        text(value, errors);
    }

    private static void taint(DeviceTaint taint, FieldErrors errors) {
        errors.at("key").invalid(taint.key(), Names.qualified(taint.key()));
        if (!taint.value().isEmpty()) {
            errors.at("value").invalid(taint.value(), Names.labelValue(taint.value()));
        }
        Values.requiredOneOf(
                taint.effect(), List.of("NoExecute", "NoSchedule", "None"), errors.at("effect"));
    }

    private static void counters(CounterSet set, FieldErrors errors) {
        DeviceNames.requiredLabel(set.name(), errors.at("name"));
        names(set.counters().keySet().stream().toList(), errors.at("counters"));
    }

    private static void consumption(DeviceCounterConsumption consumption, FieldErrors errors) {
        DeviceNames.requiredLabel(consumption.counterSet(), errors.at("counterSet"));
        names(consumption.counters().keySet().stream().toList(), errors.at("counters"));
    }

    private static void names(List<String> names, FieldErrors errors) {
        if (names.isEmpty()) {
            errors.required("");
        }
        if (names.size() > COUNTERS_MAX) {
            errors.tooMany(names.size(), COUNTERS_MAX);
        }
        names.forEach(name -> errors.invalid(name, Names.label(name)));
    }
}
