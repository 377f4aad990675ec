package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Payload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the objects clients send: which media type, which kind, and what to do about fields that
/// the kind does not have.
final class Bodies {

    private static final List<String> ACCEPTED = List.of("application/json", "application/yaml");

    private Bodies() {}

    /// The object in the body of a create or update.
    static <T> T object(ResourceCall<T> call, WriteOptions options) {
        var body = call.call().request().body();
        var type = call.kind().kind().type();
        if (type != null && type.isInstance(body.source())) {
            return type.cast(body.source());
        }
        var json = readable(call, body);
        var problems = new Problems();
        TypeCheck.check(json, call.kind().kind());
        var object = call.kind().codec().read(json, problems);
        report(call, problems, options);
        return object;
    }

    private static byte[] readable(ResourceCall<?> call, Payload body) {
        try {
            return json(call.call().request().header("content-type"), body);
        } catch (DecodeError e) {
            throw Errors.badRequest(
                    "the object provided is unrecognized (must be of type "
                            + call.kind().kind().kind()
                            + "): "
                            + e.getMessage());
        }
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
