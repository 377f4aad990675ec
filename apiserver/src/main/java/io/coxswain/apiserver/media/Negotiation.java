package io.coxswain.apiserver.media;

import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client's `Accept` header asks for, of what there is.
///
/// @param as `Table`, `PartialObjectMetadata`, `PartialObjectMetadataList`, or empty for the object
/// @param version of the meta.k8s.io kind in `as`
public record Negotiation(MediaType mediaType, String as, String version, boolean pretty) {

    /// Says whether a type may be answered, with the object turned into something else or as it is.
    private interface Offer {
        boolean has(MediaType type, Map<String, String> parameters);
    }

    private static final Set<String> TRANSFORMS = Set.of("as", "g", "v");

    /// For answers that are shown in one way only; throws NotAcceptable.
    public static Negotiation plain(Call call) {
        var found = find(call, Negotiation::untransformed);
        if (found == null) {
            throw Errors.notAcceptable(MediaType.names());
        }
        return found;
    }

    /// For discovery, where one document may stand for many; throws NotAcceptable.
    public static boolean aggregated(Call call) {
        var found =
                find(
                        call,
                        (type, parameters) ->
                                untransformed(type, parameters) || aggregates(type, parameters));
        if (found == null) {
            throw Errors.notAcceptable(MediaType.names());
        }
        return !found.as.isEmpty();
    }

    private static boolean aggregates(MediaType type, Map<String, String> parameters) {
        return type == MediaType.JSON
                && "APIGroupDiscoveryList".equals(parameters.get("as"))
                && "apidiscovery.k8s.io".equals(parameters.get("g"))
                && "v2".equals(parameters.get("v"));
    }

    /// For errors, where nothing must get in the way: null when the client accepts nothing.
    static @Nullable Negotiation lenient(Call call) {
        return find(call, Negotiation::untransformed);
    }

    /// For stored objects; throws NotAcceptable.
    ///
    /// @param builtIn whether the kind has messages; of custom kinds only the metadata has
    public static Negotiation resource(Call call, boolean builtIn) {
        var found = find(call, (type, parameters) -> shows(type, parameters, builtIn));
        if (found == null) {
            throw Errors.notAcceptable(MediaType.names());
        }
        return found;
    }

    /// For watches; throws NotAcceptable.
    public static Negotiation stream(Call call, boolean builtIn) {
        var found = find(call, (type, parameters) -> shows(type, parameters, builtIn));
        if (found == null || found.mediaType.stream() == null) {
            throw Errors.notAcceptable(MediaType.streamNames());
        }
        return found;
    }

    public boolean table() {
        return as.equals("Table");
    }

    public boolean metadataOnly() {
        return as.startsWith("PartialObjectMetadata");
    }

    /// Whether stored bytes can be sent as they are.
    public boolean stored() {
        return as.isEmpty() && mediaType == MediaType.JSON && !pretty;
    }

    private static @Nullable Negotiation find(Call call, Offer offer) {
        var header = call.request().header("accept");
        var pretty = call.query().flag("pretty");
        if (header == null || header.isEmpty()) {
            return new Negotiation(MediaType.JSON, "", "", pretty);
        }
        for (var clause : Accept.parse(header).clauses()) {
            for (var type : MediaType.values()) {
                var parameters = clause.parameters();
                if (clause.covers(type)
                        && streams(type, parameters.getOrDefault("stream", ""))
                        && offer.has(type, parameters)) {
                    return new Negotiation(
                            type,
                            parameters.getOrDefault("as", ""),
                            parameters.getOrDefault("v", ""),
                            pretty || parameters.getOrDefault("pretty", "").equals("1"));
                }
            }
        }
        return null;
    }

    private static boolean streams(MediaType type, String stream) {
        return stream.isEmpty() || (stream.equals("watch") && type.stream() != null);
    }

    private static boolean untransformed(MediaType type, Map<String, String> parameters) {
        return TRANSFORMS.stream().noneMatch(parameters::containsKey);
    }

    private static boolean shows(MediaType type, Map<String, String> parameters, boolean builtIn) {
        if (untransformed(type, parameters)) {
            return builtIn || type != MediaType.PROTOBUF;
        }
        var version = parameters.getOrDefault("v", "");
        if (!parameters.getOrDefault("g", "").equals("meta.k8s.io")
                || (!version.equals("v1") && !version.equals("v1beta1"))) {
            return false;
        }
        return switch (parameters.getOrDefault("as", "")) {
            case "Table" -> type != MediaType.PROTOBUF;
            case "PartialObjectMetadata", "PartialObjectMetadataList" -> true;
            default -> false;
        };
    }
}
