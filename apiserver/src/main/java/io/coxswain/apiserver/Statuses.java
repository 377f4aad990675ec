package io.coxswain.apiserver;

import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.http.Response;
import java.util.List;

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
}
