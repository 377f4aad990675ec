package io.coxswain.api.storage;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rules of what a driver is asked for: attachments, attributes, and the capacity it reports.
final class VolumeRules {

    private static final int DRIVER_NAME_MAX = 63;
    private static final String ONE_SOURCE =
            "must specify exactly one of inlineVolumeSpec and persistentVolumeName";

    private VolumeRules() {}

    static void check(VolumeAttachment attachment, FieldErrors all) {
        var spec = attachment.spec();
        var errors = all.at("spec");
        driver(spec.attacher(), errors.at("attacher"));
        var name = spec.source().persistentVolumeName();
        var named = name != null && !name.isEmpty();
        var inline = spec.source().inlineVolumeSpec() != null;
        if (!named && !inline) {
            errors.at("source").required(ONE_SOURCE);
        } else if (named && inline) {
            errors.at("source").forbidden(ONE_SOURCE);
        } else if (name != null) {
            errors.at("source").at("persistentVolumeName").invalid(name, Names.subdomain(name));
        }
        errors.at("nodeName").invalid(spec.nodeName(), Names.subdomain(spec.nodeName()));
    }

    static void update(VolumeAttachment old, VolumeAttachment updated, FieldErrors errors) {
        Values.immutable(old.spec(), updated.spec(), errors.at("spec"));
    }

    static void check(VolumeAttributesClass kind, FieldErrors errors) {
        var driver = kind.driverName();
        if (driver.isEmpty()) {
            errors.at("driverName").required("");
        } else {
            var name = driver.toLowerCase(Locale.ROOT);
            errors.at("driverName").invalid(name, Names.qualified(name));
        }
        if (kind.parameters().isEmpty()) {
            errors.at("parameters").required("must contain at least one key/value pair");
        }
        for (var key : kind.parameters().keySet()) {
            if (key.isEmpty()) {
                errors.at("parameters").invalid(key, "field can not be empty.");
            }
        }
    }

    static void update(
            VolumeAttributesClass old, VolumeAttributesClass updated, FieldErrors errors) {
        if (!old.driverName().equals(updated.driverName())) {
            errors.at("driverName").forbidden("updates to driverName are forbidden.");
        }
        if (!old.parameters().equals(updated.parameters())) {
            errors.at("parameters").forbidden("updates to parameters are forbidden.");
        }
    }

    static void check(CSIStorageCapacity capacity, FieldErrors errors) {
        Selectors.check(capacity.nodeTopology(), errors.at("nodeTopology"));
        var kind = capacity.storageClassName();
        errors.at("storageClassName").invalid(kind, Names.subdomain(kind));
        amount(capacity.capacity(), errors.at("capacity"));
        amount(capacity.maximumVolumeSize(), errors.at("maximumVolumeSize"));
    }

    static void update(CSIStorageCapacity old, CSIStorageCapacity updated, FieldErrors errors) {
        Values.immutable(old.nodeTopology(), updated.nodeTopology(), errors.at("nodeTopology"));
        Values.immutable(
                old.storageClassName(), updated.storageClassName(), errors.at("storageClassName"));
    }

    private static void amount(@Nullable Quantity amount, FieldErrors errors) {
        if (amount != null && amount.text().startsWith("-")) {
            errors.invalid(amount, "must be greater than or equal to 0");
        }
    }

    static void driver(String name, FieldErrors errors) {
        if (name.isEmpty()) {
            errors.required("");
            return;
        }
        if (name.length() > DRIVER_NAME_MAX) {
            errors.tooLong(DRIVER_NAME_MAX);
        }
        errors.invalid(name, Names.subdomain(name.toLowerCase(Locale.ROOT)));
    }
}
