package io.coxswain.apiserver.policy;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.Schema;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.DeclType.Field;
import io.coxswain.apiserver.cel.DeclType.ObjectOf;
import io.coxswain.apiserver.cel.FieldNames;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;

/// What expressions may say about the objects of a kind, by its schema.
final class ObjectTypes {

    private static final String QUANTITY = "quantity";

    /// The schemas that are being looked into: one that comes again within itself may be anything.
    private final Deque<Schema> open = new ArrayDeque<>();

    private ObjectTypes() {}

    static ObjectOf of(ResourceKind<?> kind, Schema schema) {
        var types = new ObjectTypes();
        var object = types.object(kind.kind(), schema);
        var fields = new LinkedHashMap<>(object.fields());
        fields.put("apiVersion", new Field("apiVersion", DeclType.STRING));
        fields.put("kind", new Field("kind", DeclType.STRING));
        var metadata = types.object(kind.kind() + ".metadata", Schema.of(ObjectMeta.class));
        fields.put("metadata", new Field("metadata", metadata));
        return new ObjectOf(object.name(), fields);
    }

    private DeclType of(String name, Schema schema) {
        return switch (schema.type()) {
            case ANY, INT_OR_STRING -> DeclType.DYN;
            case BOOLEAN -> DeclType.BOOL;
            case INTEGER -> DeclType.INT;
            case NUMBER -> DeclType.DOUBLE;
            case STRING -> text(schema.format());
            case LIST, OBJECT -> open.contains(schema) ? DeclType.DYN : nested(name, schema);
        };
    }

    private DeclType nested(String name, Schema schema) {
        open.push(schema);
        try {
            var item = schema.item();
            if (schema.type() == Schema.Type.LIST) {
                var items = item == null ? DeclType.DYN : of(name + ".@idx", item);
                return new DeclType.ListOf(items, DeclType.UNKNOWN_SIZE);
            }
            if (item != null) {
                var values = of(name + ".@elem", item);
                return new DeclType.MapOf(DeclType.STRING, values, DeclType.UNKNOWN_SIZE);
            }
            var free = schema.preserveUnknown() || schema.fields().isEmpty();
            return free ? DeclType.DYN : object(name, schema);
        } finally {
            open.pop();
        }
    }

    private ObjectOf object(String name, Schema schema) {
        var fields = new LinkedHashMap<String, Field>();
        schema.fields()
                .forEach((property, inner) -> {
                    var escaped = FieldNames.escape(property);
                    if (escaped != null) {
                        var type = of(name + "." + property, inner);
                        fields.put(escaped, new Field(property, type));
                    }
                });
        return new ObjectOf(name, fields);
    }

    private static DeclType text(String format) {
        return switch (format) {
            case "byte" -> DeclType.BYTES;
            case "date", "date-time" -> DeclType.TIMESTAMP;
            case "duration" -> DeclType.DURATION;
            case QUANTITY -> DeclType.DYN;
            default -> DeclType.STRING;
        };
    }
}
