package io.coxswain.api.core.pods;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.PersistentVolumeClaim.PersistentVolumeClaimStatus;
import io.coxswain.api.core.PersistentVolumeClaimSpec;
import io.coxswain.api.core.PersistentVolumeClaimSpec.TypedObjectReference;
import io.coxswain.api.core.TypedLocalObjectReference;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Objects;

/// The rules of claims on persistent volumes.
public final class ClaimValidation {

    static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    public static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimValidation() {}

    /// A bound volume may be no larger than was asked, and the claim's status says what it has.
    public static PersistentVolumeClaim withDefaults(PersistentVolumeClaim claim) {
        var edit =
                Edit.of(claim).set(PersistentVolumeClaim::spec, VolumeDefaults.claim(claim.spec()));
        if (claim.status().phase().isEmpty()) {
            edit.set(
                    PersistentVolumeClaim::status,
                    Edit.with(claim.status(), PersistentVolumeClaimStatus::phase, "Pending"));
        }
        return edit.done();
    }

    /// A claim begins unbound; its two ways to name a source say the same, and the older of them
    /// knows only claims and snapshots.
    public static PersistentVolumeClaim prepareForCreate(PersistentVolumeClaim claim) {
        var spec = claim.spec();
        var source = spec.dataSource();
        var ref = spec.dataSourceRef();
        if (source != null && !known(source)) {
            source = null;
        }
        var edit = Edit.of(spec).set(PersistentVolumeClaimSpec::dataSource, source);
        if (source != null && ref == null) {
            edit.set(
                    PersistentVolumeClaimSpec::dataSourceRef,
                    new TypedObjectReference(
                            source.apiGroup(), source.kind(), source.name(), null));
        }
        if (source == null && ref != null && ref.namespace() == null) {
            edit.set(
                    PersistentVolumeClaimSpec::dataSource,
                    new TypedLocalObjectReference(ref.apiGroup(), ref.kind(), ref.name()));
        }
        return withDefaults(Edit.with(claim, PersistentVolumeClaim::spec, edit.done()));
    }

    private static boolean known(TypedLocalObjectReference source) {
        var group = Objects.requireNonNullElse(source.apiGroup(), "");
        return group.isEmpty()
                ? source.kind().equals("PersistentVolumeClaim")
                : group.equals("snapshot.storage.k8s.io") && source.kind().equals("VolumeSnapshot");
    }

    public static void check(PersistentVolumeClaim claim, FieldErrors errors) {
        spec(claim.spec(), errors.at("spec"));
    }

    public static void spec(PersistentVolumeClaimSpec spec, FieldErrors errors) {
        if (spec.accessModes().isEmpty()) {
            errors.at("accessModes").required("at least 1 access mode is required");
        }
        Selectors.check(spec.selector(), errors.at("selector"));
        accessModes(spec.accessModes(), errors.at("accessModes"));
        var at = errors.at("resources").key("storage");
        var storage = spec.resources().requests().get("storage");
        if (storage == null) {
            at.required("");
        } else if (storage.compareTo(Quantity.ZERO) <= 0) {
            at.invalid(storage, "must be greater than zero");
        }
        var storageClass = spec.storageClassName();
        if (storageClass != null && !storageClass.isEmpty()) {
            errors.at("storageClassName").invalid(storageClass, Names.subdomain(storageClass));
        }
        if (spec.volumeMode() != null) {
            Values.oneOf(spec.volumeMode(), VOLUME_MODES, errors.at("volumeMode"));
        }
        var attributes = spec.volumeAttributesClassName();
        if (attributes != null && !attributes.isEmpty()) {
            errors.at("volumeAttributesClassName").invalid(attributes, Names.subdomain(attributes));
        }
        sources(spec, errors);
    }

    public static void accessModes(List<String> modes, FieldErrors errors) {
        modes.stream()
                .filter(mode -> !ACCESS_MODES.contains(mode))
                .forEach(mode -> errors.notSupported(mode, ACCESS_MODES));
        if (modes.contains("ReadWriteOncePod") && modes.size() > 1) {
            errors.forbidden("may not use ReadWriteOncePod with other access modes");
        }
    }

    public static void update(
            PersistentVolumeClaim old, PersistentVolumeClaim updated, FieldErrors errors) {
        var before = old.spec();
        var after = updated.spec();
        var fixed =
                Edit.of(after)
                        .set(
                                PersistentVolumeClaimSpec::volumeAttributesClassName,
                                before.volumeAttributesClassName());
        if (before.volumeName().isEmpty()) {
            // The controller binds the claim.
            fixed.set(PersistentVolumeClaimSpec::volumeName, before.volumeName());
        }
        if (old.status().phase().equals("Bound")) {
            fixed.set(PersistentVolumeClaimSpec::resources, before.resources());
        }
        if (before.storageClassName() == null) {
            // A default class may be assigned to a claim that was made before it existed.
            fixed.set(PersistentVolumeClaimSpec::storageClassName, null);
        }
        if (!fixed.done().equals(before)) {
            errors.at("spec")
                    .forbidden(
                            "spec is immutable after creation except resources.requests and"
                                    + " volumeAttributesClassName for bound claims");
        }
        shrink(old, updated, errors.at("spec").at("resources").at("requests").at("storage"));
        Values.immutable(
                before.volumeMode(), after.volumeMode(), errors.at("spec").at("volumeMode"));
    }

    public static void statusUpdate(
            PersistentVolumeClaim old, PersistentVolumeClaim updated, FieldErrors errors) {
        var at = errors.at("status").at("capacity");
        updated.status()
                .capacity()
                .forEach((name, amount) -> ResourceValidation.nonNegative(amount, at.key(name)));
    }

    private static void shrink(
            PersistentVolumeClaim old, PersistentVolumeClaim updated, FieldErrors errors) {
        var before = old.spec().resources().requests().get("storage");
        var after = updated.spec().resources().requests().get("storage");
        var has = old.status().capacity().getOrDefault("storage", Quantity.ZERO);
        if (before != null
                && after != null
                && after.compareTo(before) < 0
                && after.compareTo(has) <= 0) {
            errors.forbidden("field can not be less than status.capacity");
        }
    }

    private static void sources(PersistentVolumeClaimSpec spec, FieldErrors errors) {
        var source = spec.dataSource();
        if (source != null) {
            Values.required(source.name(), errors.at("dataSource").at("name"));
            Values.required(source.kind(), errors.at("dataSource").at("kind"));
        }
        var ref = spec.dataSourceRef();
        if (ref != null) {
            Values.required(ref.name(), errors.at("dataSourceRef").at("name"));
            Values.required(ref.kind(), errors.at("dataSourceRef").at("kind"));
        }
        if (source != null
                && ref != null
                && !(source.name().equals(ref.name())
                        && source.kind().equals(ref.kind())
                        && Objects.equals(source.apiGroup(), ref.apiGroup()))) {
            errors.invalid("", "must match dataSourceRef");
        }
    }
}
