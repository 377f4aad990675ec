package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.registry.Served;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who gives an object an owner must be allowed to delete the object, because from then on it goes
/// with its owner; who makes it block its owner's deletion must be allowed to set finalizers there.
public record OwnerReferencesPermissionEnforcement(Objects objects, Authorizer authorizer)
        implements AdmissionPlugin {

    private static final String SUFFIX = ": , <nil>";

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes || leaves(request) || podStatus(request)) {
            return;
        }
        var owners = owners(request, object);
        var before = owners(request, request.old());
        if (owners.equals(before)) {
            return;
        }
        if (request.operation() == Operation.UPDATE && !mayDelete(request)) {
            throw request.forbidden(
                    "cannot set an ownerRef on a resource you can't delete" + SUFFIX);
        }
        var known = new HashSet<>(before);
        for (var owner : owners) {
            if (Boolean.TRUE.equals(owner.blockOwnerDeletion())
                    && !known.contains(owner)
                    && !mayBlock(request, owner)) {
                throw request.forbidden(
                        "cannot set blockOwnerDeletion if an ownerReference refers to a resource"
                                + " you can't set finalizers on"
                                + SUFFIX);
            }
        }
    }

    /// Reviews and the like are never stored.
    private static boolean leaves(AdmissionRequest<?> request) {
        return request.kind().group().equals("authentication.k8s.io")
                || request.kind().group().equals("authorization.k8s.io");
    }

    /// Kubelets write it very often, and it cannot change owners.
    private static boolean podStatus(AdmissionRequest<?> request) {
        return request.kind().groupResource().equals("pods")
                && request.subresource().equals("status");
    }

    private static <T> List<OwnerReference> owners(
            AdmissionRequest<T> request, @Nullable T object) {
        return object == null
                ? List.of()
                : request.served().codec().metadata(object).ownerReferences();
    }

    private boolean mayDelete(AdmissionRequest<?> request) {
        var kind = request.kind();
        return allowed(
                new Attributes(
                        request.user(),
                        "delete",
                        kind.group(),
                        request.namespace(),
                        kind.plural(),
                        "",
                        request.name(),
                        ""));
    }

    /// An owner of an unknown kind is nobody's to block.
    private boolean mayBlock(AdmissionRequest<?> request, OwnerReference owner) {
        var kind = kind(owner);
        return kind != null
                && allowed(
                        new Attributes(
                                request.user(),
                                "update",
                                kind.kind().group(),
                                kind.kind().namespaced() ? request.namespace() : "",
                                kind.kind().plural(),
                                "finalizers",
                                owner.name(),
                                ""));
    }

    private @Nullable Served<?> kind(OwnerReference owner) {
        for (var served : objects.catalog().all()) {
            var kind = served.kind();
            if (kind.kind().equals(owner.kind()) && kind.apiVersion().equals(owner.apiVersion())) {
                return served;
            }
        }
        return null;
    }

    private boolean allowed(Attributes attributes) {
        return authorizer.authorize(attributes) instanceof Authorizer.Allowed;
    }
}
