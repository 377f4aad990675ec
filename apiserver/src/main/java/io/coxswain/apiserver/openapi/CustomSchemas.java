package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.meta.Status.ListMeta;
import io.coxswain.api.schema.ResourceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Publishes the schemas of custom kinds: as their definition has them, with kind, version and
/// metadata. Version 2 of OpenAPI cannot say everything, and old clients refuse what they do not
/// understand; there the schema says less.
final class CustomSchemas {

    /// What OpenAPI 2 does not know.
    private static final Set<String> ONLY_IN_3 =
            Set.of("anyOf", "oneOf", "not", "nullable", "default");

    private static final Set<String> SHAPE =
            Set.of("type", "format", "properties", "items", "additionalProperties", "required");

    private final Schemas schemas;

    CustomSchemas(Schemas schemas) {
        this.schemas = schemas;
    }

    /// `stable.example.com/v1` and `Widget` become `com.example.stable.v1.Widget`.
    static String name(ResourceKind<?> kind) {
        var parts = new ArrayList<>(List.of(kind.group().split("\\.")));
        return String.join(".", parts.reversed()) + "." + kind.version() + "." + kind.kind();
    }

    String object(ResourceKind<?> kind, Json.Obj schema) {
        var whole = root(schemas.isVersion2() ? reduced(schema) : schema, true);
        schemas.add(name(kind), withKind(whole, kind, kind.kind()));
        return name(kind);
    }

    String list(ResourceKind<?> kind, Json.Obj schema) {
        var item = schemas.reference(object(kind, schema));
        var items = new LinkedHashMap<String, Json>();
        items.put("description", Json.of(Descriptions.common("items")));
        items.put("type", Json.of("array"));
        items.put("items", item);
        var properties = new LinkedHashMap<String, Json>();
        properties.put("apiVersion", text(Descriptions.common("apiVersion")));
        properties.put("items", new Json.Obj(items));
        properties.put("kind", text(Descriptions.common("kind")));
        properties.put("metadata", described(schemas.reference(ListMeta.class)));
        var fields = new LinkedHashMap<String, Json>();
        fields.put("description", Json.of(kind.listKind() + " is a list of " + kind.kind()));
        fields.put("type", Json.of("object"));
        fields.put("required", Json.array(List.of(Json.of("items"))));
        fields.put("properties", new Json.Obj(properties));
        var name = name(kind) + "List";
        schemas.add(name, withKind(new Json.Obj(fields), kind, kind.listKind()));
        return name;
    }

    private static Json.Obj withKind(Json.Obj schema, ResourceKind<?> kind, String name) {
        var names = Schemas.groupVersionKind(kind.group(), kind.version(), name);
        return schema.with("x-kubernetes-group-version-kind", Json.array(List.of(names)));
    }

    /// A schema with what every object has, where it describes one.
    private Json.Obj root(Json.Obj schema, boolean resource) {
        var fields = new LinkedHashMap<>(schema.fields());
        for (var field : schema.fields().entrySet()) {
            switch (field.getKey()) {
                case "properties" -> fields.put("properties", each(field.getValue()));
                case "items", "additionalProperties" -> {
                    if (field.getValue() instanceof Json.Obj inner) {
                        fields.put(field.getKey(), root(inner, isEmbedded(inner)));
                    }
                }
                default -> {}
            }
        }
        if (resource && !fields.containsKey("$ref")) {
            var known = fields.get("properties") instanceof Json.Obj object ? object : Json.EMPTY;
            fields.put(
                    "properties",
                    known.with("apiVersion", text(Descriptions.common("apiVersion")))
                            .with("kind", text(Descriptions.common("kind")))
                            .with("metadata", described(schemas.reference(ObjectMeta.class))));
        }
        return new Json.Obj(fields);
    }

    private Json each(Json properties) {
        if (!(properties instanceof Json.Obj(var all))) {
            return properties;
        }
        var fields = new LinkedHashMap<String, Json>();
        all.forEach((name, schema) ->
                fields.put(
                        name,
                        schema instanceof Json.Obj inner
                                ? root(inner, isEmbedded(inner))
                                : schema));
        return new Json.Obj(fields);
    }

    private static boolean isEmbedded(Json.Obj schema) {
        return schema.get("x-kubernetes-embedded-resource") instanceof Json.Bool(var set) && set;
    }

    private Json.Obj described(Json.Obj reference) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("description", Json.of(Descriptions.common("metadata")));
        if (schemas.isVersion2()) {
            fields.putAll(reference.fields());
        } else {
            fields.put("allOf", Json.array(List.of(reference)));
        }
        return new Json.Obj(fields);
    }

    private static Json.Obj text(String description) {
        return Json.object(Map.of("description", Json.of(description), "type", Json.of("string")));
    }

    /// What a client of version 2 may know. Where null or anything is allowed, it must not know the
    /// shape, or it would refuse objects.
    private static Json.Obj reduced(Json.Obj schema) {
        var open =
                isTrue(schema, "nullable")
                        || isTrue(schema, "x-kubernetes-preserve-unknown-fields")
                        || isTrue(schema, "x-kubernetes-int-or-string");
        var fields = new LinkedHashMap<String, Json>();
        schema.fields()
                .forEach((name, value) -> {
                    if (ONLY_IN_3.contains(name) || name.equals("allOf")) {
                        return;
                    }
                    if (open && SHAPE.contains(name)) {
                        if (name.equals("type") && value.equals(Json.of("object"))) {
                            fields.put(name, value);
                        }
                        return;
                    }
                    fields.put(name, reduced(name, value));
                });
        return new Json.Obj(fields);
    }

    private static Json reduced(String name, Json value) {
        if (!(value instanceof Json.Obj object)) {
            return value;
        }
        if (name.equals("items") || name.equals("additionalProperties")) {
            return reduced(object);
        }
        if (!name.equals("properties")) {
            return value;
        }
        var fields = new LinkedHashMap<String, Json>();
        object.fields()
                .forEach((field, inner) ->
                        fields.put(field, inner instanceof Json.Obj o ? reduced(o) : inner));
        return new Json.Obj(fields);
    }

    private static boolean isTrue(Json.Obj schema, String name) {
        return schema.get(name) instanceof Json.Bool(var set) && set;
    }
}
