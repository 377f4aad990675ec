package io.coxswain.apiserver.crd.rules;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Schema.ListType;
import io.coxswain.api.structural.Structural;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.FieldNames;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a schema means to an expression. Where a schema sets no limit, a value is as large as a
/// request can make it.
final class SchemaTypes {

    static final long REQUEST_BYTES_MAX = 3 << 20;

    /// A character may take four bytes.
    private static final int CHARACTER_BYTES_MAX = 4;

    private static final int TIME_BYTES_MAX = 32;
    private static final int DATE_BYTES = 12;
    private static final DeclType UNLIMITED_DYN = DeclType.DYN.max(REQUEST_BYTES_MAX - 2);

    private SchemaTypes() {}

    /// The type of a value; null where an expression cannot say anything about it.
    static DeclType of(Structural schema, boolean resource) {
        return of(schema, resource, "self");
    }

    private static DeclType of(Structural schema, boolean resource, String name) {
        if (schema.intOrString()) {
            return UNLIMITED_DYN;
        }
        return switch (schema.type()) {
            case "object" -> object(schema, resource || schema.embedded(), name);
            case "array" -> list(schema, name);
            case "string" -> text(schema);
            case "integer" -> DeclType.INT;
            case "number" -> DeclType.DOUBLE;
            case "boolean" -> DeclType.BOOL;
            default -> UNLIMITED_DYN;
        };
    }

    private static DeclType list(Structural schema, String name) {
        var items = schema.items() == null ? Structural.EMPTY : schema.items();
        var listType =
                switch (schema.listType()) {
                    case "set" -> ListType.SET;
                    case "map" -> ListType.MAP;
                    default -> ListType.ATOMIC;
                };
        return new DeclType.ListOf(
                of(items, false, name + ".@idx"), maxItems(schema), listType, schema.listMapKeys());
    }

    private static DeclType object(Structural schema, boolean resource, String name) {
        var values = schema.additional();
        if (values != null) {
            return new DeclType.MapOf(
                    DeclType.STRING.max(REQUEST_BYTES_MAX - 2),
                    of(values, false, name + ".@elem"),
                    maxProperties(schema));
        }
        var fields = new LinkedHashMap<String, DeclType.Field>();
        schema.properties()
                .forEach((property, inner) -> {
                    var escaped = FieldNames.escape(property);
                    if (escaped != null) {
                        var type = of(inner, false, name + "." + property);
                        fields.put(escaped, new DeclType.Field(property, type));
                    }
                });
        if (resource) {
            meta(fields, name);
        }
        return new DeclType.ObjectOf(name, fields);
    }

    /// Of the metadata, rules may look at the names.
    private static void meta(Map<String, DeclType.Field> fields, String name) {
        var text = DeclType.STRING.max(REQUEST_BYTES_MAX - 2);
        fields.put("apiVersion", new DeclType.Field("apiVersion", text));
        fields.put("kind", new DeclType.Field("kind", text));
        var metadata = new LinkedHashMap<String, DeclType.Field>();
        metadata.put("name", new DeclType.Field("name", text));
        metadata.put("generateName", new DeclType.Field("generateName", text));
        fields.put(
                "metadata",
                new DeclType.Field(
                        "metadata", new DeclType.ObjectOf(name + ".metadata", metadata)));
    }

    private static DeclType text(Structural schema) {
        var max = schema.rules().maxLength();
        return switch (schema.format()) {
            case "byte" -> DeclType.BYTES.max(max == null ? REQUEST_BYTES_MAX - 2 : max);
            case "duration" -> DeclType.DURATION.max(TIME_BYTES_MAX);
            case "date" -> DeclType.TIMESTAMP.max(DATE_BYTES);
            case "date-time" -> DeclType.TIMESTAMP.max(TIME_BYTES_MAX);
            default -> {
                if (max != null) {
                    yield DeclType.STRING.max(max * CHARACTER_BYTES_MAX);
                }
                var choices = schema.rules().enumValues();
                var longest =
                        choices.stream()
                                .mapToLong(c -> c instanceof Json.Str(var t) ? t.length() : 0)
                                .max();
                yield DeclType.STRING.max(longest.orElse(REQUEST_BYTES_MAX - 2));
            }
        };
    }

    /// How many items a list can have: as many of the smallest as go into a request.
    static long maxItems(Structural schema) {
        var max = schema.rules().maxItems();
        if (max != null) {
            return max;
        }
        var items = schema.items() == null ? Structural.EMPTY : schema.items();
        return (REQUEST_BYTES_MAX - 2) / (minSize(items) + 1);
    }

    static long maxProperties(Structural schema) {
        var max = schema.rules().maxProperties();
        if (max != null) {
            return max;
        }
        var values = schema.additional() == null ? Structural.EMPTY : schema.additional();
        return (REQUEST_BYTES_MAX - 2) / (minSize(values) + 6);
    }

    /// The length of the shortest JSON of a value.
    static long minSize(Structural schema) {
        if (schema.intOrString()) {
            return 1;
        }
        return switch (schema.type()) {
            case "object" -> objectSize(schema);
            case "array", "string" -> textSize(schema);
            case "boolean" -> 4;
            default -> 1;
        };
    }

    private static long textSize(Structural schema) {
        return switch (schema.format()) {
            case "date-time" -> 21;
            case "date" -> DATE_BYTES;
            case "duration" -> 3;
            default -> 2;
        };
    }

    private static long objectSize(Structural schema) {
        var size = 2L;
        for (var name : schema.required()) {
            var property = schema.properties().get(name);
            if (property != null) {
                var preset = property.defaultValue();
                var value = preset == null ? minSize(property) : JsonWriter.write(preset).length;
                size += name.length() + value + 4;
            }
        }
        return size;
    }
}
