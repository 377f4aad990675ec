package io.coxswain.api.validation;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.IntOrString;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Rules of single values: ranges, choices, percentages, what may not change.
public final class Values {

    public static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private Values() {}

    public static void nonNegative(long value, FieldErrors errors) {
        if (value < 0) {
            errors.invalid(value, "must be greater than or equal to 0");
        }
    }

    public static void nonNegative(@Nullable Number value, FieldErrors errors) {
        if (value != null) {
            nonNegative(value.longValue(), errors);
        }
    }

    public static void positive(long value, FieldErrors errors) {
        if (value <= 0) {
            errors.invalid(value, "must be greater than 0");
        }
    }

    public static void between(long value, long min, long max, FieldErrors errors) {
        if (value < min || value > max) {
            errors.invalid(value, "must be between " + min + " and " + max + ", inclusive");
        }
    }

    public static void required(String value, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.required("");
        }
    }

    public static void oneOf(String value, List<String> choices, FieldErrors errors) {
        if (!choices.contains(value)) {
            errors.notSupported(value, choices);
        }
    }

    /// One of the choices; empty is a missing value.
    public static void requiredOneOf(String value, List<String> choices, FieldErrors errors) {
        if (value.isEmpty()) {
            errors.required("");
            return;
        }
        oneOf(value, choices, errors);
    }

    public static void port(int value, FieldErrors errors) {
        between(value, 1, 65535, errors);
    }

    /// A number of a port or the name of one.
    public static void portOrName(IntOrString value, FieldErrors errors) {
        switch (value) {
            case IntOrString.OfInt(var number) -> port(number, errors);
            case IntOrString.OfString(var name) -> errors.invalid(name, Names.portName(name));
        }
    }

    /// A count that is not negative, or a percentage; nothing to say about what is not set.
    public static void countOrPercent(@Nullable IntOrString value, FieldErrors errors) {
        switch (value) {
            case null -> {}
            case IntOrString.OfInt(var number) -> nonNegative(number, errors);
            case IntOrString.OfString(var text) -> {
                if (!isPercent(text)) {
                    errors.invalid(
                            text,
                            "a valid percent string must be a numeric string followed by an ending"
                                    + " '%' (e.g. '1%',  or '93%', regex used for validation is"
                                    + " '[0-9]+%')");
                }
            }
        }
    }

    /// A count, or a percentage that is not over 100; nothing to say about what is not set.
    public static void part(@Nullable IntOrString value, FieldErrors errors) {
        countOrPercent(value, errors);
        if (value instanceof IntOrString.OfString(var text)
                && isPercent(text)
                && percent(text) > 100) {
            errors.invalid(text, "must not be greater than 100%");
        }
    }

    /// What the value comes to without a total: zero for `0` and `0%`.
    public static int countOrPercent(@Nullable IntOrString value) {
        return switch (value) {
            case null -> 0;
            case IntOrString.OfInt(var number) -> number;
            case IntOrString.OfString(var text) -> isPercent(text) ? percent(text) : 0;
        };
    }

    public static void immutable(
            @Nullable Object old, @Nullable Object updated, FieldErrors errors) {
        if (!Objects.deepEquals(old, updated)) {
            errors.invalid(updated, "field is immutable");
        }
    }

    private static boolean isPercent(String text) {
        return text.matches("[0-9]{1,9}%");
    }

    private static int percent(String text) {
        return Integer.parseInt(text.substring(0, text.length() - 1));
    }
}
