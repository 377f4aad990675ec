package io.coxswain.apiserver.admission;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.storage.VolumeAttributesClass;
import java.util.ArrayList;

/// Volumes, claims and their classes get a finalizer, so that they do not vanish while in use
/// (upstream's plugin StorageObjectInUseProtection).
record StorageProtection() implements AdmissionPlugin {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (request.operation() != AdmissionRequest.Operation.CREATE) {
            return object;
        }
        return switch (object) {
            case PersistentVolume volume ->
                    (T)
                            Edit.with(
                                    volume,
                                    PersistentVolume::metadata,
                                    held(volume.metadata(), "kubernetes.io/pv-protection"));
            case PersistentVolumeClaim claim ->
                    (T)
                            Edit.with(
                                    claim,
                                    PersistentVolumeClaim::metadata,
                                    held(claim.metadata(), "kubernetes.io/pvc-protection"));
            case VolumeAttributesClass type ->
                    (T)
                            Edit.with(
                                    type,
                                    VolumeAttributesClass::metadata,
                                    held(type.metadata(), "kubernetes.io/vac-protection"));
            default -> object;
        };
    }

    private static ObjectMeta held(ObjectMeta meta, String finalizer) {
        if (meta.finalizers().contains(finalizer)) {
            return meta;
        }
        var all = new ArrayList<>(meta.finalizers());
        all.add(finalizer);
        return Edit.with(meta, ObjectMeta::finalizers, all);
    }
}
