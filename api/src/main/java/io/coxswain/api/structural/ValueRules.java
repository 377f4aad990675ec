package io.coxswain.api.structural;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.coxswain.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a schema asks of a single value beyond its type. Null means no limit.
///
/// @param pattern compiled; null also when it is no regular expression
public record ValueRules(
        @Nullable Double maximum,
        boolean exclusiveMaximum,
        @Nullable Double minimum,
        boolean exclusiveMinimum,
        @Nullable Double multipleOf,
        @Nullable Long maxLength,
        @Nullable Long minLength,
        String patternText,
        @Nullable Pattern pattern,
        @Nullable Long maxItems,
        @Nullable Long minItems,
        @Nullable Long maxProperties,
        @Nullable Long minProperties,
        List<Json> enumValues) {

    private static final ValueRules NONE =
            new ValueRules(
                    null, false, null, false, null, null, null, "", null, null, null, null, null,
                    List.of());

    private static final List<String> FIELDS =
            List.of(
                    "maximum",
                    "minimum",
                    "multipleOf",
                    "maxLength",
                    "minLength",
                    "pattern",
                    "maxItems",
                    "minItems",
                    "maxProperties",
                    "minProperties",
                    "enum");

    static ValueRules of(Json.Obj schema) {
        if (FIELDS.stream().noneMatch(schema.fields()::containsKey)) {
            return NONE;
        }
        return new ValueRules(
                real(schema, "maximum"),
                flag(schema, "exclusiveMaximum"),
                real(schema, "minimum"),
                flag(schema, "exclusiveMinimum"),
                real(schema, "multipleOf"),
                whole(schema, "maxLength"),
                whole(schema, "minLength"),
                schema.text("pattern"),
                compiled(schema.text("pattern")),
                whole(schema, "maxItems"),
                whole(schema, "minItems"),
                whole(schema, "maxProperties"),
                whole(schema, "minProperties"),
                schema.items("enum"));
    }

    private static @Nullable Pattern compiled(String pattern) {
        if (pattern.isEmpty()) {
            return null;
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static @Nullable Double real(Json.Obj schema, String name) {
        return switch (schema.get(name)) {
            case Json.Int(var number) -> (double) number;
            case Json.Real(var number) -> number;
            case null -> null;
            case Json other -> null;
        };
    }

    private static @Nullable Long whole(Json.Obj schema, String name) {
        return schema.get(name) instanceof Json.Int(var number) ? number : null;
    }

    private static boolean flag(Json.Obj schema, String name) {
        return schema.get(name) instanceof Json.Bool(var set) && set;
    }
}
