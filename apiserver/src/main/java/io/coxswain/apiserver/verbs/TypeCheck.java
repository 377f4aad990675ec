package io.coxswain.apiserver.verbs;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.ResourceKind;

/// The kind and version that a body names must be those of the path; a body may leave them out.
final class TypeCheck {

    private TypeCheck() {}

    static void check(Json.Obj body, ResourceKind<?> kind) {
        var apiVersion = body.text("apiVersion");
        var name = body.text("kind");
        if (!name.isEmpty() && !name.equals(kind.kind())) {
            throw mismatch(kind, apiVersion, name);
        }
        if (!apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion())) {
            throw Errors.badRequest(
                    "the API version in the data ("
                            + apiVersion
                            + ") does not match the expected API version ("
                            + kind.apiVersion()
                            + ")");
        }
    }

    static Json.Obj read(byte[] json) {
        try {
            return JsonReader.readObject(json);
        } catch (DecodeError e) {
            throw Errors.badRequest(e.getMessage());
        }
    }

    private static RuntimeException mismatch(ResourceKind<?> kind, String apiVersion, String name) {
        return Errors.badRequest(
                name
                        + " in version \""
                        + (apiVersion.isEmpty() ? kind.version() : version(apiVersion))
                        + "\" cannot be handled as a "
                        + kind.kind()
                        + ": converting ("
                        + name
                        + ") to ("
                        + kind.kind()
                        + "): unknown conversion");
    }

    private static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
