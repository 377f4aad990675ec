package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Request;

/// Makes the namespace that something is created in.
public record NamespaceAutoProvision(Objects objects) implements AdmissionPlugin {

    private static final User SELF = User.of("system:apiserver", User.MASTERS);

    @Override
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (request.operation() != Operation.CREATE
                || request.namespace().isEmpty()
                || request.dryRun()
                || objects.find(Namespace.class, "", request.namespace()) != null) {
            return object;
        }
        var kind = objects.catalog().of(Namespace.class);
        var meta = Edit.of(ObjectMeta.class).set(ObjectMeta::name, request.namespace()).done();
        var namespace = Edit.of(Namespace.class).set(Namespace::metadata, meta).done();
        var call = Call.of(Request.of("POST", kind.kind().path(""))).as(SELF);
        try {
            request.registry()
                    .create(call, kind, "", namespace, WriteOptions.internal("kube-apiserver"));
        } catch (ApiError error) {
            if (!error.alreadyExists()) {
                throw error;
            }
        }
        return object;
    }
}
