package io.coxswain.apiserver.verbs;

import io.coxswain.api.Kinds;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.http.Payload;

/// The kind and version that a body names must be those of the path; a body may leave them out.
final class TypeCheck {

    private TypeCheck() {}

    /// @param json the object
    /// @param sent what it was read from
    static void check(byte[] json, ResourceKind<?> kind, Payload sent) {
        try {
            var named = TypeMeta.of(json);
            if (!named.kind().isEmpty() && !named.kind().equals(kind.kind())) {
                checkReadable(json, named, kind);
            }
            check(named, kind);
        } catch (DecodeError e) {
            throw Bodies.unrecognized(kind, sent, e);
        }
    }

    /// What is of another kind is at fault for that only if it is a good one of that kind.
    private static void checkReadable(byte[] json, TypeMeta named, ResourceKind<?> kind) {
        var other = Kinds.byKind(named.apiVersion(), named.kind());
        if (other == null) {
            return;
        }
        try {
            RecordReader.read(other.type(), json, new Problems());
        } catch (DecodeError e) {
            throw Errors.badRequest(
                    named.kind()
                            + " in version \""
                            + version(named.apiVersion())
                            + "\" cannot be handled as a "
                            + kind.kind()
                            + ": "
                            + e.getMessage());
        }
    }

    static void check(TypeMeta named, ResourceKind<?> kind) {
        // What a custom object says it is, its codec checks.
        var builtIn = kind.type() != null;
        if (builtIn && !named.kind().isEmpty() && !named.kind().equals(kind.kind())) {
            throw mismatch(kind, named);
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

    /// A patch may not make another kind of a built-in object.
    static void checkPatched(Json.Obj tree, ResourceKind<?> kind) {
        var named = new TypeMeta(tree.text("apiVersion"), tree.text("kind"));
        var incomplete = named.apiVersion().isEmpty() || named.kind().isEmpty();
        var same = named.equals(new TypeMeta(kind.apiVersion(), kind.kind()));
        if (kind.type() == null || incomplete || same) {
            return;
        }
        var otherVersion =
                named.kind().equals(kind.kind())
                        && Kinds.byKind(named.apiVersion(), named.kind()) != null;
        if (!otherVersion) {
            throw mismatch(kind, named);
        }
    }

    private static RuntimeException mismatch(ResourceKind<?> kind, TypeMeta named) {
        var apiVersion = named.apiVersion().isEmpty() ? kind.apiVersion() : named.apiVersion();
        var other = Kinds.byKind(apiVersion, named.kind());
        var why =
                other == null
                        ? unknown(apiVersion, named.kind(), kind)
                        : "converting ("
                                + version(apiVersion)
                                + "."
                                + named.kind()
                                + ") to ("
                                + internal(kind.group())
                                + "."
                                + kind.kind()
                                + "): unknown conversion";
        return Errors.badRequest(
                named.kind()
                        + " in version \""
                        + version(apiVersion)
                        + "\" cannot be handled as a "
                        + kind.kind()
                        + ": "
                        + why);
    }

    private static String unknown(String apiVersion, String name, ResourceKind<?> kind) {
        return "no kind \""
                + name
                + "\" is registered for version \""
                + apiVersion
                + "\" in scheme \""
                + scheme(kind.group())
                + "\"";
    }

    /// Where upstream registers its kinds: in three places, which it names in the message.
    private static String scheme(String group) {
        return switch (group) {
            case "apiextensions.k8s.io" -> "pkg/apiserver/apiserver.go:53";
            case "apiregistration.k8s.io" -> "pkg/apiserver/scheme/scheme.go:33";
            default -> "pkg/api/legacyscheme/scheme.go:30";
        };
    }

    /// The name of the package of upstream's unversioned types.
    private static String internal(String group) {
        var dot = group.indexOf('.');
        return group.isEmpty() ? "core" : dot < 0 ? group : group.substring(0, dot);
    }

    private static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
