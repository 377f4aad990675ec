package io.coxswain.api.codec;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Quantity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a record with every component filled in, down to a depth.
public final class Samples {

    private Samples() {}

    public static Object of(Class<?> type, int depth) {
        var plan = Plan.of(type);
        var values = plan.type().absent();
        for (var slot : plan.slots()) {
            if (depth > 0) {
                var document = document(type, slot.component().name());
                values[slot.component().index()] =
                        document == null ? value(slot.shape(), depth - 1) : document;
            }
        }
        return plan.type().create(values);
    }

    /// What must not be any document: the parts of a schema that are schemas or something else.
    private static @Nullable Object document(Class<?> type, String component) {
        var schema = Json.EMPTY.with("type", Json.of("string"));
        var schemas = type.getSimpleName().equals("JSONSchemaProps");
        return switch (component) {
            case "items" -> schemas ? Json.array(List.of(schema, schema)) : null;
            case "additionalProperties" -> schemas ? schema : null;
            case "additionalItems" -> schemas ? Json.of(true) : null;
            case "dependencies" ->
                    schemas ? Map.of("a", schema, "b", Json.array(List.of(Json.of("c")))) : null;
            case "status" ->
                    type.getSimpleName().equals("CustomResourceSubresources") ? Json.EMPTY : null;
            default -> null;
        };
    }

    private static Object value(Shape shape, int depth) {
        return switch (shape.tag()) {
            case TEXT -> "text <&> \u00e9";
            case INT32 -> 7;
            case INT64 -> 1L << 40;
            case BOOL -> true;
            case FLOAT64 -> 1.5;
            case TIME -> Instant.parse("2026-01-02T03:04:05Z");
            case MICRO_TIME -> Instant.parse("2026-01-02T03:04:05.000006Z");
            case BYTES -> "bytes".getBytes(StandardCharsets.UTF_8);
            case QUANTITY -> Quantity.parse("1500m");
            case INT_OR_STRING -> IntOrString.of("25%");
            case TREE -> Json.EMPTY.with("a", Json.of(1));
            case RECORD -> of(java.util.Objects.requireNonNull(shape.record()), depth);
            case LIST -> List.of(value(shape.itemShape(), depth));
            case MAP ->
                    Map.of(
                            "k2",
                            value(shape.itemShape(), depth),
                            "k1",
                            value(shape.itemShape(), depth));
        };
    }
}
