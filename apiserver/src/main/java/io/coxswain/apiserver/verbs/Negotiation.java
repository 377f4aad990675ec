package io.coxswain.apiserver.verbs;

import io.coxswain.api.schema.Errors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client's `Accept` header asks for.
///
/// @param as `Table`, `PartialObjectMetadata`, `PartialObjectMetadataList`, or empty for the object
/// @param version of the meta.k8s.io kind in `as`
record Negotiation(String mediaType, String as, String version, boolean pretty) {

    private static final List<String> OFFERED = List.of("application/json", "application/yaml");

    static Negotiation of(ResourceCall<?> call) {
        return of(call.call().request().header("accept"), call.query().flag("pretty"));
    }

    static Negotiation of(@Nullable String accept, boolean pretty) {
        if (accept == null || accept.isBlank()) {
            return new Negotiation("application/json", "", "", pretty);
        }
        for (var clause : accept.split(",")) {
            var parts = clause.trim().split(";");
            var as = "";
            var version = "";
            for (var i = 1; i < parts.length; i++) {
                var parameter = parts[i].trim();
                if (parameter.startsWith("as=")) {
                    as = parameter.substring(3);
                } else if (parameter.startsWith("v=")) {
                    version = parameter.substring(2);
                }
            }
            var type = mediaType(parts[0].trim());
            if (type != null && (as.isEmpty() || known(as, version))) {
                return new Negotiation(type, as, version, pretty);
            }
        }
        throw Errors.notAcceptable(OFFERED);
    }

    boolean table() {
        return as.equals("Table");
    }

    boolean metadataOnly() {
        return as.startsWith("PartialObjectMetadata");
    }

    boolean yaml() {
        return mediaType.equals("application/yaml");
    }

    /// Whether stored bytes can be sent as they are.
    boolean plain() {
        return as.isEmpty() && !yaml() && !pretty;
    }

    private static @Nullable String mediaType(String range) {
        return switch (range) {
            case "application/json", "*/*", "application/*" -> "application/json";
            case "application/yaml" -> "application/yaml";
            default -> null;
        };
    }

    private static boolean known(String as, String version) {
        return switch (as) {
            case "Table", "PartialObjectMetadata", "PartialObjectMetadataList" ->
                    version.equals("v1") || version.equals("v1beta1");
            default -> false;
        };
    }
}
