package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import java.util.List;

/// Whether a value has the type that its schema asks for.
final class TypeRules {

    private TypeRules() {}

    static void check(Json value, Structural schema, String path, List<Finding> found) {
        var wanted = schema.type();
        if (schema.intOrString() && wanted.isEmpty()) {
            if (!(value instanceof Json.Int) && !(value instanceof Json.Str) && !whole(value)) {
                if (!(value instanceof Json.Null && schema.nullable())) {
                    wrong(path, "integer,string", typeOf(value), found);
                }
            }
            return;
        }
        if (value instanceof Json.Null) {
            if (!wanted.isEmpty() && !schema.nullable()) {
                wrong(path, wanted, "null", found);
            }
            return;
        }
        if (wanted.isEmpty()) {
            return;
        }
        var numeric = wanted.equals("number") || wanted.equals("integer");
        var loose = value instanceof Json.Str || value instanceof Json.Arr;
        if (!numeric && !schema.format().isEmpty() && loose) {
            return; // A format says enough about the type, upstream finds.
        }
        if (!fits(value, wanted)) {
            var other = !schema.format().isEmpty() && !loose;
            var name = other ? schema.format() : wanted;
            wrong(path, name, other ? formatOf(value) : typeOf(value), found);
        }
    }

    private static boolean fits(Json value, String wanted) {
        return switch (value) {
            case Json.Int i -> wanted.equals("integer") || wanted.equals("number");
            case Json.Real r -> wanted.equals("number") || (wanted.equals("integer") && whole(r));
            default -> wanted.equals(typeOf(value));
        };
    }

    private static boolean whole(Json value) {
        return value instanceof Json.Real(var number)
                && number == Math.rint(number)
                && Math.abs(number) <= 9007199254740991.0;
    }

    private static void wrong(String path, String wanted, String actual, List<Finding> found) {
        var text = path + " in body must be of type " + wanted + ": \"" + actual + "\"";
        found.add(new Finding.WrongType(path, actual, text));
    }

    private static String typeOf(Json value) {
        return switch (value) {
            case Json.Obj o -> "object";
            case Json.Arr a -> "array";
            case Json.Str s -> "string";
            case Json.Int i -> "integer";
            case Json.Real r -> "number";
            case Json.Bool b -> "boolean";
            case Json.Null n -> "null";
        };
    }

    private static String formatOf(Json value) {
        return switch (value) {
            case Json.Int i -> "int64";
            case Json.Real r -> "float64";
            case Json other -> "";
        };
    }
}
