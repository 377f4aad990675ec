package io.coxswain.apiserver;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.meta.Status;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers with a `Status`.
public final class Statuses {

    private static final StatusDetails NO_DETAILS = new StatusDetails("", "", "", "", List.of(), 0);

    private Statuses() {}

    /// What answers for paths behind which there is nothing.
    public static Response noSuchPath() {
        return Response.text(404, "404 page not found\n")
                .withHeaders(headers -> headers.with("x-content-type-options", "nosniff"));
    }

    /// The refusal of a method that a path is never asked with.
    public static ApiError methodNotAllowed() {
        return Errors.of(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                NO_DETAILS);
    }

    /// In YAML for those who ask for it first.
    ///
    /// @param accept what the client takes; null for anything
    public static Response response(Status status, @Nullable String accept) {
        if (accept == null || !accept.startsWith("application/yaml")) {
            return response(status);
        }
        var yaml = Payload.of(Yaml.write(RecordWriter.toTree(status)));
        return new Response.Full(status.code(), headers("application/yaml", status), yaml);
    }

    public static Response response(Status status) {
        return new Response.Full(
                status.code(),
                headers("application/json", status),
                Payload.lazy(() -> RecordWriter.write(status), status));
    }

    private static Headers headers(String type, Status status) {
        var headers = Headers.of("content-type", type);
        var details = status.details();
        return details == null || details.retryAfterSeconds() <= 0
                ? headers
                : headers.with("retry-after", Integer.toString(details.retryAfterSeconds()));
    }
}
