package io.coxswain.apiserver.admission;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.meta.Status.StatusCause;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.Errors;
import java.util.List;
import java.util.Set;

/// Nothing is created in a namespace that does not exist or is going away, and the namespaces the
/// cluster itself lives in cannot be deleted.
record NamespaceLifecycle(Objects objects) implements AdmissionPlugin {

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    /// Before any other plugin looks into the namespace.
    @Override
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (request.operation() == AdmissionRequest.Operation.CREATE) {
            checkCreate(request);
        }
        return object;
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        switch (request.operation()) {
            case CREATE -> checkCreate(request);
            case DELETE -> checkDelete(request);
            case UPDATE, CONNECT -> {}
        }
    }

    private void checkCreate(AdmissionRequest<?> request) {
        if (!request.kind().namespaced() || !request.subresource().isEmpty()) {
            return;
        }
        var namespace = objects.find(Namespace.class, "", request.namespace());
        if (namespace == null) {
            throw Errors.notFound("", "namespaces", request.namespace());
        }
        if (namespace.deleting()) {
            var text =
                    "unable to create new content in namespace "
                            + request.namespace()
                            + " because it is being terminated";
            var cause =
                    new StatusCause(
                            "NamespaceTerminating",
                            "namespace " + request.namespace() + " is being terminated",
                            "metadata.namespace");
            var kind = request.kind();
            var refused = Errors.forbidden(kind.group(), kind.plural(), request.name(), text);
            throw Errors.of(
                    403,
                    "Forbidden",
                    refused.status().message(),
                    new StatusDetails(
                            request.name(), kind.group(), kind.plural(), "", List.of(cause), 0));
        }
    }

    private static void checkDelete(AdmissionRequest<?> request) {
        if (request.kind().groupResource().equals("namespaces")
                && IMMORTAL.contains(request.name())) {
            throw Errors.forbidden(
                    "", "namespaces", request.name(), "this namespace may not be deleted");
        }
    }
}
