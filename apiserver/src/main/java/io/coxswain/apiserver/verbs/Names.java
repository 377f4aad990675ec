package io.coxswain.apiserver.verbs;

import io.coxswain.api.schema.Errors;

/// What an object calls itself must be what the path calls it.
final class Names {

    private Names() {}

    static void checkName(ResourceCall<?> call, String name) {
        if (!name.equals(call.name())) {
            throw Errors.badRequest(
                    "the name of the object ("
                            + name
                            + ") does not match the name on the URL ("
                            + call.name()
                            + ")");
        }
    }

    static void checkNamespace(ResourceCall<?> call, String namespace) {
        if (call.kind().kind().namespaced()
                && !namespace.isEmpty()
                && !namespace.equals(call.namespace())) {
            throw Errors.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the"
                            + " request");
        }
    }
}
