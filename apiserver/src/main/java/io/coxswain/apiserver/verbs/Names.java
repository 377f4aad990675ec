package io.coxswain.apiserver.verbs;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;

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

    /// What says no name cannot be compared with the path.
    static ApiError undeterminable(ResourceCall<?> call) {
        return Errors.badRequest(
                "the name of the object ("
                        + call.name()
                        + " based on URL) was undeterminable: name must be provided");
    }

    /// A patch does not make another object of this one. Upstream finds it twice.
    static void checkUid(ResourceCall<?> call, ObjectMeta stored, ObjectMeta patched) {
        if (patched.uid().isEmpty() || patched.uid().equals(stored.uid())) {
            return;
        }
        var errors = new FieldErrors();
        var place = errors.at("metadata").at("uid");
        place.invalid(patched.uid(), "field is immutable");
        place.invalid(patched.uid(), "field is immutable");
        var kind = call.kind().kind();
        throw Errors.invalid(kind.group(), kind.kind(), call.name(), errors.all());
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
