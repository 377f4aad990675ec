package io.coxswain.apiserver.admission;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.PersistentVolumeClaimSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.storage.StorageClass;
import java.util.Comparator;

/// A claim that names no storage class gets the default one.
record DefaultStorageClass(Objects objects) implements AdmissionPlugin {

    private static final String IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("persistentvolumeclaims")
                || !(object instanceof PersistentVolumeClaim claim)
                || claim.spec().storageClassName() != null) {
            return object;
        }
        var standard =
                objects.all(StorageClass.class).stream()
                        .filter(type ->
                                "true".equals(type.metadata().annotations().get(IS_DEFAULT)))
                        .max(
                                Comparator.comparing((StorageClass type) ->
                                        String.valueOf(type.metadata().creationTimestamp())));
        if (standard.isEmpty()) {
            return object;
        }
        var spec =
                Edit.with(
                        claim.spec(),
                        PersistentVolumeClaimSpec::storageClassName,
                        standard.get().name());
        return (T) Edit.with(claim, PersistentVolumeClaim::spec, spec);
    }
}
