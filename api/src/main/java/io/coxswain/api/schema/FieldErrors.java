package io.coxswain.api.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Collects everything wrong with an object, each with its path. Messages are upstream's
/// (`k8s.io/apimachinery/pkg/util/validation/field`), so that clients read what they know.
public final class FieldErrors {

    private final List<FieldError> errors;
    private final String path;

    public FieldErrors() {
        this(new ArrayList<>(), "");
    }

    private FieldErrors(List<FieldError> errors, String path) {
        this.errors = errors;
        this.path = path;
    }

    /// The same collection, one field deeper.
    public FieldErrors at(String field) {
        return new FieldErrors(errors, path.isEmpty() ? field : path + "." + field);
    }

    /// The same collection, at an item of this list.
    public FieldErrors at(int index) {
        return new FieldErrors(errors, path + "[" + index + "]");
    }

    /// The same collection, at an entry of this map.
    public FieldErrors key(String key) {
        return new FieldErrors(errors, path + "[" + key + "]");
    }

    public String path() {
        return path.isEmpty() ? "<nil>" : path;
    }

    public List<FieldError> all() {
        return List.copyOf(errors);
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /// Takes over what another collection has found.
    public void addAll(List<FieldError> found) {
        errors.addAll(found);
    }

    public void required(String detail) {
        add(FieldError.Type.REQUIRED, withDetail("Required value", detail));
    }

    /// `value` is shown quoted when it is text, as JSON otherwise.
    public void invalid(@Nullable Object value, String detail) {
        add(FieldError.Type.INVALID, withDetail("Invalid value: " + show(value), detail));
    }

    /// One error for each of the problems a rule of names found.
    public void invalid(@Nullable Object value, List<String> problems) {
        problems.forEach(problem -> invalid(value, problem));
    }

    public void duplicate(@Nullable Object value) {
        duplicate(value, "");
    }

    public void duplicate(@Nullable Object value, String detail) {
        add(FieldError.Type.DUPLICATE, withDetail("Duplicate value: " + show(value), detail));
    }

    public void notSupported(@Nullable Object value, List<String> supported) {
        var list = supported.stream().map(FieldErrors::quote).collect(Collectors.joining(", "));
        add(
                FieldError.Type.NOT_SUPPORTED,
                "Unsupported value: "
                        + show(value)
                        + (list.isEmpty() ? "" : ": supported values: " + list));
    }

    public void forbidden(String detail) {
        add(FieldError.Type.FORBIDDEN, withDetail("Forbidden", detail));
    }

    public void notFound(@Nullable Object value) {
        notFound(value, "");
    }

    public void notFound(@Nullable Object value, String detail) {
        add(FieldError.Type.NOT_FOUND, withDetail("Not found: " + show(value), detail));
    }

    public void tooLong(int bytesMax) {
        add(FieldError.Type.TOO_LONG, "Too long: may not be more than " + bytesMax + " bytes");
    }

    public void tooMany(int count, int max) {
        add(
                FieldError.Type.TOO_MANY,
                "Too many: " + count + ": must have at most " + max + " items");
    }

    public void typeInvalid(@Nullable Object value, String detail) {
        add(FieldError.Type.TYPE_INVALID, withDetail("Invalid value: " + show(value), detail));
    }

    public void internal(String detail) {
        add(FieldError.Type.INTERNAL, withDetail("Internal error", detail));
    }

    private void add(FieldError.Type type, String message) {
        errors.add(new FieldError(type, path(), message));
    }

    private static String withDetail(String head, String detail) {
        return detail.isEmpty() ? head : head + ": " + detail;
    }

    private static String show(@Nullable Object value) {
        return ShownValue.of(value);
    }

    private static String quote(String text) {
        return ShownValue.quote(text);
    }
}
