package io.coxswain.api.quota;

import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.schema.Quantity;
import java.util.Map;

/// What claims use: themselves and the storage they request, in all and per storage class.
final class ClaimUsage {

    private static final String CLAIMS = "persistentvolumeclaims";
    private static final String STORAGE = "requests.storage";
    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";

    private ClaimUsage() {}

    static void add(PersistentVolumeClaim claim, Map<String, Quantity> usage) {
        var type = storageClass(claim);
        usage.put(CLAIMS, Quantity.of(1));
        if (!type.isEmpty()) {
            usage.put(type + OF_CLASS + CLAIMS, Quantity.of(1));
        }
        var storage = claim.spec().resources().requests().get("storage");
        if (storage == null) {
            return;
        }
        usage.put(STORAGE, storage);
        if (!type.isEmpty()) {
            usage.put(type + OF_CLASS + STORAGE, storage);
        }
    }

    private static String storageClass(PersistentVolumeClaim claim) {
        var old = claim.metadata().annotations().get("volume.beta.kubernetes.io/storage-class");
        if (old != null) {
            return old;
        }
        var name = claim.spec().storageClassName();
        return name == null ? "" : name;
    }

    static boolean limits(String limit) {
        return limit.equals(STORAGE)
                || limit.endsWith(OF_CLASS + STORAGE)
                || limit.endsWith(OF_CLASS + CLAIMS);
    }
}
