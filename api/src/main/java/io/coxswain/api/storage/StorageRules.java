package io.coxswain.api.storage;

import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.storage.CSIDriver.CSIDriverSpec;
import io.coxswain.api.storage.CSINode.CSINodeDriver;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// The defaults and rules of the kinds that describe storage.
final class StorageRules {

    private static final int DRIVER_NAME_MAX = 63;
    private static final int TOKEN_SECONDS_MIN = 600;
    private static final int UPDATE_PERIOD_SECONDS_MIN = 10;

    private StorageRules() {}

    static StorageClass withDefaults(StorageClass kind) {
        return Edit.of(kind)
                .set(
                        StorageClass::reclaimPolicy,
                        Objects.requireNonNullElse(kind.reclaimPolicy(), "Delete"))
                .set(
                        StorageClass::volumeBindingMode,
                        Objects.requireNonNullElse(kind.volumeBindingMode(), "Immediate"))
                .done();
    }

    static void check(StorageClass kind, FieldErrors errors) {
        var provisioner = kind.provisioner();
        if (provisioner.isEmpty()) {
            errors.at("provisioner").required("");
        } else {
            var name = provisioner.toLowerCase(Locale.ROOT);
            errors.at("provisioner").invalid(name, Names.qualified(name));
        }
        for (var key : kind.parameters().keySet()) {
            if (key.isEmpty()) {
                errors.at("parameters").invalid(key, "field can not be empty.");
            }
        }
        if (kind.reclaimPolicy() != null) {
            Values.oneOf(
                    kind.reclaimPolicy(), List.of("Delete", "Retain"), errors.at("reclaimPolicy"));
        }
        if (kind.volumeBindingMode() == null) {
            errors.at("volumeBindingMode").required("");
        } else {
            Values.oneOf(
                    kind.volumeBindingMode(),
                    List.of("Immediate", "WaitForFirstConsumer"),
                    errors.at("volumeBindingMode"));
        }
        for (var i = 0; i < kind.allowedTopologies().size(); i++) {
            var rules = kind.allowedTopologies().get(i).matchLabelExpressions();
            for (var j = 0; j < rules.size(); j++) {
                var at = errors.at("allowedTopologies").at(i).at("matchLabelExpressions").at(j);
                if (rules.get(j).values().isEmpty()) {
                    at.at("values").required("");
                }
                at.at("key").invalid(rules.get(j).key(), Names.qualified(rules.get(j).key()));
            }
        }
    }

    static void update(StorageClass old, StorageClass updated, FieldErrors errors) {
        if (!old.parameters().equals(updated.parameters())) {
            errors.at("parameters").forbidden("updates to parameters are forbidden.");
        }
        if (!old.provisioner().equals(updated.provisioner())) {
            errors.at("provisioner").forbidden("updates to provisioner are forbidden.");
        }
        if (!Objects.equals(old.reclaimPolicy(), updated.reclaimPolicy())) {
            errors.at("reclaimPolicy").forbidden("updates to reclaimPolicy are forbidden.");
        }
        Values.immutable(
                old.volumeBindingMode(),
                updated.volumeBindingMode(),
                errors.at("volumeBindingMode"));
    }

    static CSIDriver withDefaults(CSIDriver driver) {
        var spec = driver.spec();
        var edit =
                Edit.of(spec)
                        .set(
                                CSIDriverSpec::attachRequired,
                                Objects.requireNonNullElse(spec.attachRequired(), true))
                        .set(
                                CSIDriverSpec::podInfoOnMount,
                                Objects.requireNonNullElse(spec.podInfoOnMount(), false))
                        .set(
                                CSIDriverSpec::storageCapacity,
                                Objects.requireNonNullElse(spec.storageCapacity(), false))
                        .set(
                                CSIDriverSpec::fsGroupPolicy,
                                Objects.requireNonNullElse(
                                        spec.fsGroupPolicy(), "ReadWriteOnceWithFSType"))
                        .set(
                                CSIDriverSpec::requiresRepublish,
                                Objects.requireNonNullElse(spec.requiresRepublish(), false))
                        .set(
                                CSIDriverSpec::seLinuxMount,
                                Objects.requireNonNullElse(spec.seLinuxMount(), false));
        if (spec.volumeLifecycleModes().isEmpty()) {
            edit.set(CSIDriverSpec::volumeLifecycleModes, List.of("Persistent"));
        }
        return Edit.with(driver, CSIDriver::spec, edit.done());
    }

    static void check(CSIDriver driver, FieldErrors errors) {
        var spec = errors.at("spec");
        for (var mode : driver.spec().volumeLifecycleModes()) {
            Values.oneOf(mode, List.of("Persistent", "Ephemeral"), spec.at("volumeLifecycleModes"));
        }
        if (driver.spec().fsGroupPolicy() != null) {
            Values.oneOf(
                    driver.spec().fsGroupPolicy(),
                    List.of("File", "None", "ReadWriteOnceWithFSType"),
                    spec.at("fsGroupPolicy"));
        }
        tokenRequests(driver.spec().tokenRequests(), spec.at("tokenRequests"));
        var period = driver.spec().nodeAllocatableUpdatePeriodSeconds();
        if (period != null && period < UPDATE_PERIOD_SECONDS_MIN) {
            spec.at("nodeAllocatableUpdatePeriodSeconds")
                    .invalid(
                            period,
                            "must be greater than or equal to "
                                    + UPDATE_PERIOD_SECONDS_MIN
                                    + " seconds");
        }
    }

    private static void tokenRequests(List<CSIDriver.TokenRequest> requests, FieldErrors errors) {
        var audiences = new HashSet<String>();
        for (var i = 0; i < requests.size(); i++) {
            var at = errors.at(i);
            if (!audiences.add(requests.get(i).audience())) {
                at.at("audience").duplicate(requests.get(i).audience());
                continue;
            }
            var seconds = requests.get(i).expirationSeconds();
            if (seconds != null && seconds < TOKEN_SECONDS_MIN) {
                at.at("expirationSeconds")
                        .invalid(seconds, "may not specify a duration less than 10 minutes");
            }
            if (seconds != null && seconds > 1L << 32) {
                at.at("expirationSeconds")
                        .invalid(seconds, "may not specify a duration larger than 2^32 seconds");
            }
        }
    }

    static void update(CSIDriver old, CSIDriver updated, FieldErrors errors) {
        Values.immutable(
                old.spec().attachRequired(),
                updated.spec().attachRequired(),
                errors.at("spec").at("attachRequired"));
        Values.immutable(
                old.spec().volumeLifecycleModes(),
                updated.spec().volumeLifecycleModes(),
                errors.at("spec").at("volumeLifecycleModes"));
    }

    static void check(CSINode node, FieldErrors errors) {
        var names = new HashSet<String>();
        for (var i = 0; i < node.spec().drivers().size(); i++) {
            var driver = node.spec().drivers().get(i);
            var at = errors.at("spec").at("drivers").at(i);
            driver(driver, at);
            if (!names.add(driver.name())) {
                at.at("name").duplicate(driver.name());
            }
        }
    }

    private static void driver(CSINodeDriver driver, FieldErrors errors) {
        if (driver.name().isEmpty()) {
            errors.at("name").required("");
        } else {
            if (driver.name().length() > DRIVER_NAME_MAX) {
                errors.at("name").tooLong(DRIVER_NAME_MAX);
            }
            var name = driver.name().toLowerCase(Locale.ROOT);
            errors.at("name").invalid(driver.name(), Names.subdomain(name));
        }
        Values.required(driver.nodeID(), errors.at("nodeID"));
        if (driver.allocatable() != null) {
            Values.nonNegative(driver.allocatable().count(), errors.at("allocatable").at("count"));
        }
        var keys = new HashSet<String>();
        for (var key : driver.topologyKeys()) {
            if (!keys.add(key)) {
                errors.duplicate(key);
            }
            errors.at("topologyKeys").invalid(key, Names.qualified(key));
        }
    }
}
