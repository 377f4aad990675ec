package io.coxswain.cli.explain;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Trees;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The schemas of one OpenAPI v3 document, with references followed.
public final class OpenApiSchemas {

    private static final Set<String> CONTAINERS = Set.of("", "object", "array");

    private final Json.Obj byName;

    /// @param document of one group version
    public OpenApiSchemas(Json.Obj document) {
        this.byName = Trees.object(document, "components", "schemas");
    }

    /// The schema of a kind, or null.
    public Json.@Nullable Obj of(ResourceType type) {
        for (var schema : byName.fields().values()) {
            var kinds = Trees.objects(Trees.object(schema), "x-kubernetes-group-version-kind");
            for (var kind : kinds) {
                if (kind.text("kind").equals(type.kind())
                        && kind.text("group").equals(type.group())
                        && kind.text("version").equals(type.version())) {
                    return Trees.object(schema);
                }
            }
        }
        return null;
    }

    /// The schema of a field, of what its items or values are when it is a list or a map; or null.
    Json.@Nullable Obj field(Json.Obj schema, String name) {
        return properties(schema).get(name) instanceof Json.Obj field ? field : null;
    }

    /// The fields of an object, or of the objects that a list or a map consists of.
    Json.Obj properties(Json.Obj schema) {
        return elements(schema).object("properties");
    }

    List<String> required(Json.Obj schema) {
        return Trees.texts(elements(schema), "required");
    }

    private Json.Obj elements(Json.Obj schema) {
        var at = resolved(schema);
        for (var inner = inner(at); inner != null; inner = inner(at)) {
            at = resolved(inner);
        }
        return at;
    }

    private static Json.@Nullable Obj inner(Json.Obj schema) {
        if (schema.get("items") instanceof Json.Obj items) {
            return items;
        }
        return schema.get("additionalProperties") instanceof Json.Obj values ? values : null;
    }

    /// The schema itself, or what it refers to.
    Json.Obj resolved(Json.Obj schema) {
        var name = reference(schema);
        return name.isEmpty() ? schema : byName.object(name);
    }

    /// `string`, `PodSpec`, `[]Container`, `map[string]string`.
    String typeName(Json.Obj schema) {
        var target = resolved(schema);
        if (target.get("items") instanceof Json.Obj items) {
            return "[]" + typeName(items);
        }
        if (target.get("additionalProperties") instanceof Json.Obj values) {
            return "map[string]" + typeName(values);
        }
        var type = target.text("type");
        if (!CONTAINERS.contains(type)) {
            return type;
        }
        var name = elementName(schema);
        return name.isEmpty() ? "Object" : name;
    }

    /// The last part of the name of what is referred to; `""` for an unnamed schema.
    String elementName(Json.Obj schema) {
        var name = reference(schema);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// The name of the schema that items, values or the field itself refer to.
    String referenced(Json.Obj schema) {
        var name = reference(schema);
        var inner = inner(resolved(schema));
        return inner == null ? name : referenced(inner);
    }

    /// What the schema says of itself and then what it refers to does.
    String fullDescription(Json.Obj schema) {
        var own = schema.text("description");
        var name = referenced(schema);
        var other = name.isEmpty() ? "" : byName.object(name).text("description");
        if (own.isEmpty() || other.isEmpty()) {
            return own + other;
        }
        return own + "\n" + other;
    }

    /// What is said of the field, or of its type when nothing is said of the field.
    String description(Json.Obj schema) {
        var own = schema.text("description");
        return own.isEmpty() ? resolved(schema).text("description") : own;
    }

    private static String reference(Json.Obj schema) {
        var direct = schema.text("$ref");
        for (var part : Trees.objects(schema, "allOf")) {
            direct = direct.isEmpty() ? part.text("$ref") : direct;
        }
        return direct.substring(direct.lastIndexOf('/') + 1);
    }
}
