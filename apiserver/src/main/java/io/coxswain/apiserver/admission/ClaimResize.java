package io.coxswain.apiserver.admission;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.storage.StorageClass;
import java.util.Objects;

/// A claim may only grow where its storage class says so (upstream's plugin
/// PersistentVolumeClaimResize).
record ClaimResize(io.coxswain.apiserver.admission.Objects objects) implements AdmissionPlugin {

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!request.updates("persistentvolumeclaims")
                || !(object instanceof PersistentVolumeClaim claim)
                || !(request.old() instanceof PersistentVolumeClaim old)
                || size(claim).compareTo(size(old)) <= 0) {
            return;
        }
        if (!old.status().phase().equals("Bound")) {
            throw request.forbidden("Only bound persistent volume claims can be expanded");
        }
        if (!expandable(claim, old)) {
            throw request.forbidden(
                    "only dynamically provisioned pvc can be resized and the storageclass that"
                            + " provisions the pvc must support resize");
        }
    }

    private boolean expandable(PersistentVolumeClaim claim, PersistentVolumeClaim old) {
        var name = claim.spec().storageClassName();
        if (name == null
                || name.isEmpty()
                || !Objects.equals(name, old.spec().storageClassName())) {
            return false;
        }
        var type = objects.find(StorageClass.class, "", name);
        return type != null && Boolean.TRUE.equals(type.allowVolumeExpansion());
    }

    private static Quantity size(PersistentVolumeClaim claim) {
        return claim.spec().resources().requests().getOrDefault("storage", Quantity.ZERO);
    }
}
