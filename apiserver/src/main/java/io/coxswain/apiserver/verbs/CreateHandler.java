package io.coxswain.apiserver.verbs;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Errors;
import io.coxswain.http.Response;

/// Serves `POST …`: stores a new object.
record CreateHandler(Representation representation) implements VerbHandler {

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        var options = call.options();
        var object = Bodies.object(call, options);
        var meta = call.kind().codec().metadata(object);
        checkNamespace(call, meta);
        if (!meta.resourceVersion().isEmpty()) {
            throw Errors.badRequest("resourceVersion should not be set on objects to be created");
        }
        var entry =
                call.registry().create(call.call(), call.kind(), call.namespace(), object, options);
        return representation.one(call, 201, entry);
    }

    /// The namespace of the path and that of the object must agree.
    static void checkNamespace(ResourceCall<?> call, ObjectMeta meta) {
        if (call.kind().kind().namespaced()
                && !meta.namespace().isEmpty()
                && !meta.namespace().equals(call.namespace())) {
            throw Errors.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
    }
}
