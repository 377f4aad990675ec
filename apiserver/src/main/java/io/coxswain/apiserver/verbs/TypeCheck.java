package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.ResourceKind;

/// The kind and version that a body names must be those of the path; a body may leave them out.
final class TypeCheck {

    private TypeCheck() {}

    static void check(byte[] body, ResourceKind<?> kind) {
        try {
            check(TypeMeta.of(body), kind);
        } catch (DecodeError e) {
            throw Errors.badRequest(e.getMessage());
        }
    }

    static void check(TypeMeta named, ResourceKind<?> kind) {
        // What a custom object says it is, its codec checks.
        var builtIn = kind.type() != null;
        if (builtIn && !named.kind().isEmpty() && !named.kind().equals(kind.kind())) {
            throw mismatch(kind, named.apiVersion(), named.kind());
        }
        var leftOut = builtIn && named.apiVersion().isEmpty();
        if (!leftOut && !named.apiVersion().equals(kind.apiVersion())) {
            throw Errors.badRequest(
                    "the API version in the data ("
                            + named.apiVersion()
                            + ") does not match the expected API version ("
                            + kind.apiVersion()
                            + ")");
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
