package io.coxswain.apiserver.verbs;

import static java.util.stream.Collectors.joining;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the objects clients send: which media type, which kind, and what to do about fields that
/// the kind does not have.
final class Bodies {

    private static final List<String> ACCEPTED = List.of("application/json", "application/yaml");

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
        var json = readable(call, body, problems);
        TypeCheck.check(json, call.kind().kind(), body);
        var object = call.kind().codec().read(json, problems);
        report(call, problems, options);
        return object;
    }

    private static byte[] readable(ResourceCall<?> call, Payload body, Problems problems) {
        var contentType = call.call().request().header("content-type");
        try {
            if (!mediaType(contentType).equals("application/yaml")) {
                return json(contentType, body);
            }
            var repeated = new ArrayList<String>();
            var documents = Yaml.readAll(utf8(body), repeated::add);
            if (!repeated.isEmpty()) {
                var all = repeated.stream().map(line -> "\n  " + line).collect(joining());
                problems.add("yaml: unmarshal errors:" + all);
            }
            return JsonWriter.write(documents.isEmpty() ? Json.NULL : documents.getFirst());
        } catch (DecodeError e) {
            throw unrecognized(call.kind().kind(), body, e);
        }
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

    private static String utf8(Payload body) {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    /// The body as JSON text, translated from YAML where the client says it is YAML.
    static byte[] json(@Nullable String contentType, Payload body) {
        return switch (mediaType(contentType)) {
            case "", "application/json" -> body.bytes();
            case "application/yaml" -> JsonWriter.write(yaml(body));
            default -> throw Errors.unsupportedMediaType(ACCEPTED);
        };
    }

    static Json yaml(Payload body) {
        var documents = Yaml.readAll(new String(body.bytes(), StandardCharsets.UTF_8));
        return documents.isEmpty() ? Json.NULL : documents.getFirst();
    }

    static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        var end = contentType.indexOf(';');
        var type = end < 0 ? contentType : contentType.substring(0, end);
        return type.trim().toLowerCase(Locale.ROOT);
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
