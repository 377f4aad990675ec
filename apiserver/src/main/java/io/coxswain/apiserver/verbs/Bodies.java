package io.coxswain.apiserver.verbs;

import static java.util.stream.Collectors.joining;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;

/// Reads the objects clients send: which media type, which kind, and what to do about fields that
/// the kind does not have.
final class Bodies {

    private static final String NO_MESSAGE =
            "object *unstructured.Unstructured does not implement the protobuf marshalling"
                    + " interface and cannot be encoded to a protobuf message";

    private static final int SUMMARY_BYTES_MAX = 30;

    private Bodies() {}

    /// The object in the body of a create or update.
    static <T> T object(ResourceCall<T> call, WriteOptions options) {
        var body = call.call().request().body();
        var type = call.kind().kind().type();
        if (type != null && type.isInstance(body.source())) {
            return type.cast(body.source());
        }
        var problems = new Problems();
        return switch (Received.type(call.call())) {
            case JSON -> read(call, body, body.bytes(), problems, options);
            case YAML -> read(call, body, translated(call, body, problems), problems, options);
            case PROTOBUF -> message(call, body);
        };
    }

    private static <T> T read(
            ResourceCall<T> call,
            Payload body,
            byte[] json,
            Problems problems,
            WriteOptions options) {
        TypeCheck.check(json, call.kind().kind(), body);
        var object = call.kind().codec().read(json, problems);
        report(call, problems, options);
        return object;
    }

    private static byte[] translated(ResourceCall<?> call, Payload body, Problems problems) {
        try {
            var repeated = new ArrayList<String>();
            var text = new String(body.bytes(), StandardCharsets.UTF_8);
            var documents = Yaml.readAll(text, repeated::add);
            if (!repeated.isEmpty()) {
                var all = repeated.stream().map(line -> "\n  " + line).collect(joining());
                problems.add("yaml: unmarshal errors:" + all);
            }
            return JsonWriter.write(documents.isEmpty() ? Json.NULL : documents.getFirst());
        } catch (DecodeError e) {
            throw unrecognized(call.kind().kind(), body, e);
        }
    }

    /// Protobuf has no unknown fields to report: what is not known may be of a later version.
    private static <T> T message(ResourceCall<T> call, Payload body) {
        var envelope = open(call, body);
        TypeCheck.check(envelope.type(), call.kind().kind());
        var type = call.kind().kind().type();
        if (type == null) {
            throw cannotHandle(call, NO_MESSAGE);
        }
        try {
            return envelope.read(type);
        } catch (DecodeError e) {
            throw cannotHandle(call, e.getMessage());
        }
    }

    private static Envelope open(ResourceCall<?> call, Payload body) {
        try {
            return Envelope.open(body.bytes());
        } catch (DecodeError e) {
            throw unrecognized(call.kind().kind(), body, e);
        }
    }

    private static ApiError cannotHandle(ResourceCall<?> call, String why) {
        var kind = call.kind().kind();
        return Errors.badRequest(
                kind.kind()
                        + " in version \""
                        + kind.version()
                        + "\" cannot be handled as a "
                        + kind.kind()
                        + ": "
                        + why);
    }

    /// Refuses a body that does not even say what it is.
    static ApiError unrecognized(ResourceKind<?> kind, Payload body, DecodeError why) {
        return Errors.badRequest(
                "the object provided is unrecognized (must be of type "
                        + kind.kind()
                        + "): "
                        + why.getMessage()
                        + " ("
                        + summary(body.bytes())
                        + ")");
    }

    /// The beginning of a body, as text where it looks like JSON.
    private static String summary(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        var length = Math.min(body.length, SUMMARY_BYTES_MAX);
        var text =
                body[0] == '{'
                        ? new String(body, 0, length, StandardCharsets.UTF_8)
                        : HexFormat.of().formatHex(body, 0, length);
        return length < body.length ? text + " ..." : text;
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
