package io.coxswain.api.structural;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.schema.Schema.ListType;
import io.coxswain.api.schema.Schema.Merge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The [Schema] that a custom kind shares with built-in ones: what its values are and how they
/// merge.
public final class MergeSchema {

    private static final Schema TEXT = Schema.builder(Schema.Type.STRING).build();

    private MergeSchema() {}

    /// The schema of a whole object: what the definition says, with kind, version and metadata.
    public static Schema of(Structural root) {
        return object(root, true);
    }

    private static Schema node(Structural node) {
        if (node.intOrString()) {
            return scalar(node, Schema.Type.INT_OR_STRING);
        }
        return switch (node.type()) {
            case "object" -> object(node, node.embedded());
            case "array" -> list(node);
            case "string" -> scalar(node, Schema.Type.STRING);
            case "integer" -> scalar(node, Schema.Type.INTEGER);
            case "number" -> scalar(node, Schema.Type.NUMBER);
            case "boolean" -> scalar(node, Schema.Type.BOOLEAN);
            default -> Schema.ANY;
        };
    }

    private static Schema scalar(Structural node, Schema.Type type) {
        return Schema.builder(type)
                .format(node.format())
                .defaultValue(node.defaultValue())
                .nullable(node.nullable())
                .build();
    }

    private static Schema object(Structural node, boolean meta) {
        var fields = new LinkedHashMap<String, Schema>();
        if (meta) {
            fields.put("apiVersion", TEXT);
            fields.put("kind", TEXT);
            fields.put("metadata", Schema.of(ObjectMeta.class));
        }
        node.properties().forEach((name, property) -> fields.putIfAbsent(name, node(property)));
        var atomic = node.mapType().equals("atomic");
        return Schema.builder(Schema.Type.OBJECT)
                .fields(fields)
                .lazyItem(() -> values(node))
                .required(Set.copyOf(node.required()))
                .defaultValue(node.defaultValue())
                .nullable(node.nullable())
                .preserveUnknown(node.preserveUnknown())
                .embeddedResource(node.embedded())
                .merge(new Merge(ListType.ATOMIC, List.of(), atomic, List.of(), ""))
                .build();
    }

    private static @Nullable Schema values(Structural node) {
        if (!node.hasAdditional()) {
            return null;
        }
        var additional = node.additional();
        return additional == null ? Schema.ANY : node(additional);
    }

    private static Schema list(Structural node) {
        var items = node.items();
        var listType =
                switch (node.listType()) {
                    case "map" -> ListType.MAP;
                    case "set" -> ListType.SET;
                    default -> ListType.ATOMIC;
                };
        return Schema.builder(Schema.Type.LIST)
                .item(items == null ? Schema.ANY : node(items))
                .defaultValue(node.defaultValue())
                .nullable(node.nullable())
                .merge(new Merge(listType, node.listMapKeys(), false, List.of(), ""))
                .build();
    }
}
