package io.coxswain.controllers.pods;

import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import org.jspecify.annotations.Nullable;

/// Owner references of controlled objects.
public final class Owners {

    private Owners() {}

    /// The reference that says `owner` controls an object.
    public static OwnerReference controlledBy(Resource owner) {
        var kind = ResourceKind.of(owner.getClass());
        return new OwnerReference(
                kind.apiVersion(), kind.kind(), owner.name(), owner.uid(), true, true);
    }

    /// The reference to whoever controls `object`; null when nobody does.
    public static @Nullable OwnerReference controller(Resource object) {
        for (var owner : object.metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return owner;
            }
        }
        return null;
    }

    public static boolean controls(Resource owner, Resource object) {
        var controller = controller(object);
        return controller != null && controller.uid().equals(owner.uid());
    }
}
