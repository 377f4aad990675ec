package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Payload;
import java.util.Arrays;
import java.util.HexFormat;

/// Reads the objects clients send: which media type, which kind, and what to do about fields that
/// the kind does not have.
final class Bodies {

    /// How much of an unreadable body its refusal shows.
    private static final int SHOWN_MAX = 30;

    private static final String NO_MESSAGE =
            "object *unstructured.Unstructured does not implement the protobuf marshalling"
                    + " interface and cannot be encoded to a protobuf message";

    private Bodies() {}

    /// The object in the body of a create or update.
    static <T> T object(ResourceCall<T> call, WriteOptions options) {
        var body = call.call().request().body();
        var type = call.kind().kind().type();
        if (type != null && type.isInstance(body.source())) {
            return type.cast(body.source());
        }
        return switch (Received.type(call.call())) {
            case JSON -> json(call, body.bytes(), options);
            case YAML -> json(call, translated(call, body), options);
            case PROTOBUF -> message(call, body.bytes());
        };
    }

    private static <T> T json(ResourceCall<T> call, byte[] json, WriteOptions options) {
        var problems = new Problems();
        TypeCheck.check(json, call.kind().kind());
        var object = call.kind().codec().read(json, problems);
        report(call, problems, options);
        return object;
    }

    private static byte[] translated(ResourceCall<?> call, Payload body) {
        try {
            return JsonWriter.write(Received.yaml(body));
        } catch (DecodeError e) {
            throw Errors.badRequest(unrecognized(call) + e.getMessage());
        }
    }

    /// Protobuf has no unknown fields to report: what is not known may be of a later version.
    private static <T> T message(ResourceCall<T> call, byte[] body) {
        var envelope = open(call, body);
        TypeCheck.check(envelope.type(), call.kind().kind());
        var type = call.kind().kind().type();
        if (type == null) {
            throw cannotHandle(call, envelope.type(), NO_MESSAGE);
        }
        try {
            return envelope.read(type);
        } catch (DecodeError e) {
            throw cannotHandle(call, envelope.type(), e.getMessage());
        }
    }

    private static Envelope open(ResourceCall<?> call, byte[] body) {
        try {
            return Envelope.open(body);
        } catch (DecodeError e) {
            throw Errors.badRequest(
                    unrecognized(call) + e.getMessage() + " (" + summary(body) + ")");
        }
    }

    private static String unrecognized(ResourceCall<?> call) {
        return "the object provided is unrecognized (must be of type "
                + call.kind().kind().kind()
                + "): ";
    }

    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        return HexFormat.of().formatHex(Arrays.copyOf(body, Math.min(body.length, SHOWN_MAX)))
                + (body.length > SHOWN_MAX ? " ..." : "");
    }

    private static ApiError cannotHandle(ResourceCall<?> call, TypeMeta named, String why) {
        var kind = call.kind().kind();
        var name = named.kind().isEmpty() ? kind.kind() : named.kind();
        return Errors.badRequest(
                name
                        + " in version \""
                        + kind.version()
                        + "\" cannot be handled as a "
                        + kind.kind()
                        + ": "
                        + why);
    }

    /// Unknown and duplicate fields: an error, a warning, or nothing, as the request asked.
    static void report(ResourceCall<?> call, Problems problems, WriteOptions options) {
        if (problems.isEmpty()) {
            return;
        }
        switch (options.fieldValidation()) {
            case "Strict" ->
                    throw Errors.badRequest(
                            call.kind().kind().kind()
                                    + " in version \""
                                    + call.kind().kind().version()
                                    + "\" cannot be handled as a "
                                    + call.kind().kind().kind()
                                    + ": strict decoding error: "
                                    + String.join(", ", problems.all()));
            case "Warn" -> problems.all().forEach(call.call()::warn);
            default -> {}
        }
    }
}
