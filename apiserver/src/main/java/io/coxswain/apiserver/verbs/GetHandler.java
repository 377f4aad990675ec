package io.coxswain.apiserver.verbs;

import io.coxswain.http.Response;

/// Serves `GET …/{name}` and `GET …/{name}/status`: the stored bytes, as they are where possible.
record GetHandler(Representation representation) implements VerbHandler {

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        Revisions.checkGet(call);
        var entry = call.registry().get(call.kind(), call.namespace(), call.name());
        return representation.one(call, 200, entry);
    }
}
