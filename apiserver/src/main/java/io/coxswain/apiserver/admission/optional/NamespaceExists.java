package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;

/// Refuses whatever is done in a namespace that is not there.
public record NamespaceExists(Objects objects) implements AdmissionPlugin {

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!request.namespace().isEmpty()
                && objects.find(Namespace.class, "", request.namespace()) == null) {
            throw Errors.notFound("", "namespaces", request.namespace());
        }
    }
}
