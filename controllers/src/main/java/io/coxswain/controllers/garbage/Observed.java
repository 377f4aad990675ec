package io.coxswain.controllers.garbage;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.api.schema.ResourceKind;
import java.util.List;

/// What the collector wants to know of an object.
///
/// @param deleting whether it only waits for finalizers
record Observed(
        Identity identity,
        String resourceVersion,
        List<OwnerReference> owners,
        List<String> finalizers,
        boolean deleting) {

    static final String ORPHAN = "orphan";
    static final String FOREGROUND = "foregroundDeletion";

    static Observed of(ResourceKind<?> kind, ObjectMeta metadata) {
        return new Observed(
                new Identity(
                        kind.apiVersion(),
                        kind.kind(),
                        metadata.namespace(),
                        metadata.name(),
                        metadata.uid()),
                metadata.resourceVersion(),
                metadata.ownerReferences(),
                metadata.finalizers(),
                metadata.deletionTimestamp() != null);
    }

    /// It goes once its dependents have gone.
    boolean waitsForDependents() {
        return deleting && finalizers.contains(FOREGROUND);
    }

    /// Its dependents are to stay when it goes.
    boolean orphans() {
        return deleting && finalizers.contains(ORPHAN);
    }
}
