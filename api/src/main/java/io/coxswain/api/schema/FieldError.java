package io.coxswain.api.schema;

/// One thing wrong with a field, in the words of the API.
///
/// @param type the machine-readable cause, as in `Status.details.causes[].reason`
/// @param field the path, for example `spec.containers[0].name`
/// @param message the whole text without the path, for example `Required value`
public record FieldError(Type type, String field, String message) {

    /// The causes upstream's validation knows, with their reason strings.
    public enum Type {
        REQUIRED("FieldValueRequired"),
        INVALID("FieldValueInvalid"),
        DUPLICATE("FieldValueDuplicate"),
        NOT_SUPPORTED("FieldValueNotSupported"),
        FORBIDDEN("FieldValueForbidden"),
        TOO_LONG("FieldValueTooLong"),
        TOO_MANY("FieldValueTooMany"),
        NOT_FOUND("FieldValueNotFound"),
        TYPE_INVALID("FieldValueTypeInvalid"),
        INTERNAL("InternalError");

        private final String reason;

        Type(String reason) {
            this.reason = reason;
        }

        public String reason() {
            return reason;
        }
    }

    @Override
    public String toString() {
        return field + ": " + message;
    }
}
