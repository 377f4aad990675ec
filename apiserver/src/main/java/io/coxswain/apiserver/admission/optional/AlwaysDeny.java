package io.coxswain.apiserver.admission.optional;

import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;

/// Lets nothing in: for tests of what clients do then.
public record AlwaysDeny() implements AdmissionPlugin {

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (request.user().name().equals("system:apiserver")) {
            return; // Or the server would not start.
        }
        throw request.forbidden("admission control is denying all modifications");
    }
}
