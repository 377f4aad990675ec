package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import java.util.List;

/// Length, pattern, format, range and choice of single values.
final class ScalarRules {

    private ScalarRules() {}

    static void check(Json value, Structural schema, String path, List<Finding> found) {
        switch (value) {
            case Json.Str(var text) -> text(text, schema, path, found);
            case Json.Int(var number) -> number(value, (double) number, schema, path, found);
            case Json.Real(var number) -> number(value, number, schema, path, found);
            case Json.Obj o -> {}
            case Json.Arr a -> {}
            case Json.Bool b -> {}
            case Json.Null n -> {}
        }
        checkEnum(value, schema, path, found);
    }

    static void checkEnum(Json value, Structural schema, String path, List<Finding> found) {
        var choices = schema.rules().enumValues();
        if (choices.isEmpty() || (value instanceof Json.Null && schema.nullable())) {
            return;
        }
        if (choices.stream().noneMatch(choice -> same(choice, value))) {
            found.add(new Finding.NotSupported(path, value, choices));
        }
    }

    private static boolean same(Json a, Json b) {
        return a.equals(b)
                || (a instanceof Json.Int(var x)
                        && b instanceof Json.Real(var y)
                        && (double) x == y)
                || (a instanceof Json.Real(var x)
                        && b instanceof Json.Int(var y)
                        && x == (double) y);
    }

    private static void text(String text, Structural schema, String path, List<Finding> found) {
        var rules = schema.rules();
        var length = text.codePointCount(0, text.length());
        var max = rules.maxLength();
        if (max != null && length > max) {
            found.add(new Finding.TooLong(path, max.intValue()));
        }
        var min = rules.minLength();
        if (min != null && length < min) {
            invalid(path, Json.of(text), "should be at least " + min + " chars long", found);
        }
        var pattern = rules.pattern();
        if (pattern != null && !pattern.matcher(text).find()) {
            invalid(path, Json.of(text), "should match '" + rules.patternText() + "'", found);
        }
        if (!schema.format().isEmpty() && !Formats.valid(schema.format(), text)) {
            var why = path + " in body must be of type " + schema.format() + ": \"" + text + "\"";
            found.add(new Finding.WrongType(path, text, why));
        }
    }

    private static void number(
            Json value, double number, Structural schema, String path, List<Finding> found) {
        var rules = schema.rules();
        var factor = rules.multipleOf();
        if (factor != null && factor > 0 && Math.rint(number / factor) != number / factor) {
            invalid(path, value, "should be a multiple of " + shown(factor), found);
        }
        var max = rules.maximum();
        if (max != null && (rules.exclusiveMaximum() ? number >= max : number > max)) {
            var than = rules.exclusiveMaximum() ? "less than " : "less than or equal to ";
            invalid(path, value, "should be " + than + shown(max), found);
        }
        var min = rules.minimum();
        if (min != null && (rules.exclusiveMinimum() ? number <= min : number < min)) {
            var than = rules.exclusiveMinimum() ? "greater than " : "greater than or equal to ";
            invalid(path, value, "should be " + than + shown(min), found);
        }
    }

    private static void invalid(String path, Json value, String text, List<Finding> found) {
        found.add(Finding.invalid(path, value, path + " in body " + text));
    }

    /// As Go prints a number with `%v`.
    private static String shown(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e18
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
