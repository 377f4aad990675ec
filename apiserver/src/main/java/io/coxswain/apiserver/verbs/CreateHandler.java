package io.coxswain.apiserver.verbs;

import io.coxswain.api.schema.Errors;
import io.coxswain.http.Response;

/// Serves `POST …`: stores a new object.
record CreateHandler(Representation representation) implements VerbHandler {

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        var options = call.options();
        var object = Bodies.object(call, options);
        var meta = call.kind().codec().metadata(object);
        Names.checkNamespace(call, meta.namespace());
        if (!meta.resourceVersion().isEmpty()) {
            throw Errors.badRequest("resourceVersion should not be set on objects to be created");
        }
        var entry =
                call.registry().create(call.call(), call.kind(), call.namespace(), object, options);
        return representation.one(call, 201, entry);
    }
}
