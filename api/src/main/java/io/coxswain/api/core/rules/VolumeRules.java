package io.coxswain.api.core.rules;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolume.PersistentVolumeStatus;
import io.coxswain.api.core.PersistentVolumeSpec;
import io.coxswain.api.core.pods.AffinityValidation;
import io.coxswain.api.core.pods.ClaimValidation;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.VolumeDefaults;
import io.coxswain.api.core.pods.VolumeSources;
import io.coxswain.api.core.pods.VolumeValidation;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.List;

/// The defaults and rules of PersistentVolumes.
public final class VolumeRules {

    private static final List<String> RECLAIM = List.of("Delete", "Recycle", "Retain");

    private VolumeRules() {}

    public static PersistentVolume withDefaults(PersistentVolume volume) {
        var spec = volume.spec();
        var edit =
                Edit.of(spec)
                        .set(PersistentVolumeSpec::capacity, PodDefaults.toMillis(spec.capacity()))
                        .set(
                                PersistentVolumeSpec::hostPath,
                                VolumeDefaults.hostPath(spec.hostPath()))
                        .set(
                                PersistentVolumeSpec::azureDisk,
                                VolumeDefaults.azureDisk(spec.azureDisk()))
                        .set(
                                PersistentVolumeSpec::persistentVolumeReclaimPolicy,
                                VolumeDefaults.orElse(
                                        spec.persistentVolumeReclaimPolicy(), "Retain"));
        if (spec.volumeMode() == null) {
            edit.set(PersistentVolumeSpec::volumeMode, "Filesystem");
        }
        var changed = Edit.of(volume).set(PersistentVolume::spec, edit.done());
        if (volume.status().phase().isEmpty()) {
            changed.set(
                    PersistentVolume::status,
                    Edit.with(volume.status(), PersistentVolumeStatus::phase, "Pending"));
        }
        return changed.done();
    }

    /// A volume waits for the controller to make it available.
    public static PersistentVolume prepareForCreate(PersistentVolume volume) {
        return Edit.with(
                volume,
                PersistentVolume::status,
                Edit.of(PersistentVolumeStatus.class)
                        .set(PersistentVolumeStatus::phase, "Pending")
                        .done());
    }

    public static void check(PersistentVolume volume, FieldErrors all) {
        var spec = volume.spec();
        var errors = all.at("spec");
        if (spec.accessModes().isEmpty()) {
            errors.at("accessModes").required("");
        }
        ClaimValidation.accessModes(spec.accessModes(), errors.at("accessModes"));
        capacity(spec, errors.at("capacity"));
        if (!spec.persistentVolumeReclaimPolicy().isEmpty()) {
            Values.oneOf(
                    spec.persistentVolumeReclaimPolicy(),
                    RECLAIM,
                    errors.at("persistentVolumeReclaimPolicy"));
        }
        var affinity = spec.nodeAffinity();
        if (affinity != null) {
            var required = affinity.required();
            if (required == null) {
                errors.at("nodeAffinity")
                        .at("required")
                        .required("must specify required node constraints");
            } else {
                AffinityValidation.nodeSelector(required, errors.at("nodeAffinity").at("required"));
            }
        }
        source(spec, errors);
        if (spec.hostPath() != null
                && spec.hostPath().path().equals("/")
                && spec.persistentVolumeReclaimPolicy().equals("Recycle")) {
            errors.at("persistentVolumeReclaimPolicy")
                    .forbidden("may not be 'recycle' for a hostPath mount of '/'");
        }
        if (!spec.storageClassName().isEmpty()) {
            errors.at("storageClassName")
                    .invalid(spec.storageClassName(), Names.subdomain(spec.storageClassName()));
        }
        if (spec.volumeMode() != null) {
            Values.oneOf(spec.volumeMode(), ClaimValidation.VOLUME_MODES, errors.at("volumeMode"));
        }
    }

    public static void update(PersistentVolume old, PersistentVolume updated, FieldErrors errors) {
        var type = RecordType.of(PersistentVolumeSpec.class);
        for (var source : VolumeSources.of(old.spec())) {
            var part = type.component(source);
            var after = part.get(updated.spec());
            if (part.get(old.spec()) instanceof Record before && !before.equals(after)) {
                errors.at("spec")
                        .at("persistentvolumesource")
                        .forbidden("spec.persistentvolumesource is immutable after creation");
            }
        }
        Values.immutable(
                old.spec().volumeMode(), updated.spec().volumeMode(), errors.at("volumeMode"));
        if (old.spec().nodeAffinity() != null) {
            Values.immutable(
                    old.spec().nodeAffinity(),
                    updated.spec().nodeAffinity(),
                    errors.at("nodeAffinity"));
        }
    }

    private static void capacity(PersistentVolumeSpec spec, FieldErrors errors) {
        if (spec.capacity().isEmpty()) {
            errors.required("");
        }
        if (spec.capacity().size() != 1 || !spec.capacity().containsKey("storage")) {
            errors.notSupported(
                    spec.capacity().isEmpty() ? null : spec.capacity(), List.of("storage"));
        }
        spec.capacity()
                .forEach((name, amount) -> {
                    if (name.equals("storage") && amount.compareTo(Quantity.ZERO) <= 0) {
                        errors.key(name).invalid(amount, "must be greater than zero");
                    }
                });
    }

    private static void source(PersistentVolumeSpec spec, FieldErrors errors) {
        var sources = VolumeSources.of(spec);
        VolumeValidation.one(sources, errors);
        if (sources.isEmpty()) {
            return;
        }
        var first = sources.getFirst();
        var at = errors.at(first);
        if (spec.hostPath() != null && first.equals("hostPath")) {
            VolumeValidation.hostPath(spec.hostPath(), at);
        } else if (spec.nfs() != null && first.equals("nfs")) {
            VolumeValidation.nfs(spec.nfs(), at);
        } else if (RecordType.of(PersistentVolumeSpec.class).component(first).get(spec)
                instanceof Record source) {
            VolumeValidation.requiredFields(source, at);
        }
        if (spec.local() != null && spec.nodeAffinity() == null) {
            errors.at("nodeAffinity").required("Local volume requires node affinity");
        }
    }
}
