package io.coxswain.api.schema;

import io.coxswain.api.meta.Status;
import io.coxswain.api.meta.Status.StatusCause;
import io.coxswain.api.meta.Status.StatusDetails;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the errors of the API, with the code, reason, message and details upstream gives
/// (`k8s.io/apimachinery/pkg/api/errors`).
public final class Errors {

    private Errors() {}

    public static ApiError notFound(String group, String plural, String name) {
        return of(
                404,
                "NotFound",
                qualified(group, plural) + " \"" + name + "\" not found",
                details(group, plural, name));
    }

    /// No such path at all.
    public static ApiError noSuchPath() {
        return of(
                404,
                "NotFound",
                "the server could not find the requested resource",
                details("", "", ""));
    }

    public static ApiError alreadyExists(String group, String plural, String name) {
        return of(
                409,
                "AlreadyExists",
                qualified(group, plural) + " \"" + name + "\" already exists",
                details(group, plural, name));
    }

    public static ApiError conflict(String group, String plural, String name, String why) {
        return of(
                409,
                "Conflict",
                "Operation cannot be fulfilled on "
                        + qualified(group, plural)
                        + " \""
                        + name
                        + "\": "
                        + why,
                details(group, plural, name));
    }

    /// The optimistic lock failed.
    public static ApiError modified(String group, String plural, String name) {
        return conflict(
                group,
                plural,
                name,
                "the object has been modified; please apply your changes to the latest version and"
                        + " try again");
    }

    public static ApiError invalid(
            String group, String kind, String name, List<FieldError> errors) {
        var causes =
                errors.stream()
                        .map(e -> new StatusCause(e.type().reason(), e.message(), e.field()))
                        .toList();
        var texts =
                errors.stream()
                        .map(FieldError::toString)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        var list = texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
        return of(
                422,
                "Invalid",
                qualified(group, kind) + " \"" + name + "\" is invalid: " + list,
                new StatusDetails(name, group, kind, "", causes, 0));
    }

    public static ApiError badRequest(String message) {
        return of(400, "BadRequest", message, null);
    }

    public static ApiError unauthorized() {
        return of(401, "Unauthorized", "Unauthorized", null);
    }

    public static ApiError forbidden(String group, String plural, String name, String why) {
        var what =
                plural.isEmpty()
                        ? "forbidden: " + why
                        : qualified(group, plural)
                                + (name.isEmpty() ? "" : " \"" + name + "\"")
                                + " is forbidden: "
                                + why;
        return of(403, "Forbidden", what, details(group, plural, name));
    }

    public static ApiError methodNotAllowed(String group, String plural, String action) {
        return of(
                405,
                "MethodNotAllowed",
                action
                        + " is not supported on resources of kind \""
                        + qualified(group, plural)
                        + "\"",
                details(group, plural, ""));
    }

    public static ApiError notAcceptable(List<String> accepted) {
        return of(
                406,
                "NotAcceptable",
                "only the following media types are accepted: " + String.join(", ", accepted),
                null);
    }

    public static ApiError unsupportedMediaType(List<String> accepted) {
        return of(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", accepted),
                null);
    }

    public static ApiError tooLarge(String message) {
        return of(413, "RequestEntityTooLarge", message, null);
    }

    /// A watch or list asked for history that was compacted.
    public static ApiError expired(String message) {
        return of(410, "Expired", message, null);
    }

    public static ApiError internal(String message) {
        return of(
                500,
                "InternalError",
                "Internal error occurred: " + message,
                internalCause(message));
    }

    public static ApiError unavailable(String message) {
        return of(503, "ServiceUnavailable", message, null);
    }

    public static ApiError tooManyRequests(String message, int retryAfterSeconds) {
        return of(
                429,
                "TooManyRequests",
                message,
                new StatusDetails("", "", "", "", List.of(), retryAfterSeconds));
    }

    public static ApiError timeout(String message, int retryAfterSeconds) {
        return of(
                504,
                "Timeout",
                message,
                new StatusDetails("", "", "", "", List.of(), retryAfterSeconds));
    }

    /// Any error: fills in what every failure `Status` has.
    public static ApiError of(
            int code, String reason, String message, @Nullable StatusDetails details) {
        return new ApiError(
                new Status(
                        "Status",
                        "v1",
                        RecordType.of(Status.ListMeta.class).empty(),
                        "Failure",
                        message,
                        reason,
                        details,
                        code));
    }

    private static StatusDetails internalCause(String message) {
        return new StatusDetails("", "", "", "", List.of(new StatusCause("", message, "")), 0);
    }

    private static StatusDetails details(String group, String kind, String name) {
        return new StatusDetails(name, group, kind, "", List.of(), 0);
    }

    private static String qualified(String group, String name) {
        return group.isEmpty() ? name : name + "." + group;
    }
}
