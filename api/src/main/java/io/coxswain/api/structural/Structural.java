package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Errors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One node of the schema of a custom kind, with the nodes below it. Immutable.
///
/// It is read from the JSON form of `JSONSchemaProps`; fields that mean nothing are ignored, so a
/// node exists for every schema, however wrong. `DefinitionSchemaRules` decides which are allowed.
public final class Structural {

    /// Nobody writes schemas this deep, and every function of a schema is recursive.
    private static final int DEPTH_MAX = 400;

    /// What a node without anything in it is.
    public static final Structural EMPTY = new Structural(Json.EMPTY, 0);

    private final Json.Obj tree;
    private final String type;
    private final String format;
    private final SequencedMap<String, Structural> properties;
    private final @Nullable Structural items;
    private final @Nullable Structural additional;
    private final List<Structural> allOf;
    private final List<Structural> anyOf;
    private final List<Structural> oneOf;
    private final @Nullable Structural not;
    private final boolean nullable;
    private final boolean preserveUnknown;
    private final boolean embedded;
    private final boolean intOrString;
    private final @Nullable Json defaultValue;
    private final List<String> required;
    private final ValueRules rules;

    private Structural(Json.Obj tree, int depth) {
        if (depth > DEPTH_MAX) {
            throw Errors.badRequest("exceeded max depth");
        }
        this.tree = tree;
        type = tree.text("type");
        format = tree.text("format");
        properties = nodes(tree.object("properties"), depth);
        items = node(tree.get("items"), depth);
        additional = node(tree.get("additionalProperties"), depth);
        allOf = list(tree.items("allOf"), depth);
        anyOf = list(tree.items("anyOf"), depth);
        oneOf = list(tree.items("oneOf"), depth);
        not = node(tree.get("not"), depth);
        nullable = flag("nullable");
        preserveUnknown = flag("x-kubernetes-preserve-unknown-fields");
        embedded = flag("x-kubernetes-embedded-resource");
        intOrString = flag("x-kubernetes-int-or-string");
        var preset = tree.get("default");
        defaultValue = preset instanceof Json.Null ? null : preset;
        required = texts("required");
        rules = ValueRules.of(tree);
    }

    /// Reads a schema; throws a bad request for one that is absurdly deep.
    public static Structural of(Json.Obj schema) {
        return new Structural(schema, 0);
    }

    private static @Nullable Structural node(@Nullable Json schema, int depth) {
        return schema instanceof Json.Obj object ? new Structural(object, depth + 1) : null;
    }

    private static List<Structural> list(List<Json> schemas, int depth) {
        var nodes = new ArrayList<Structural>(schemas.size());
        for (var schema : schemas) {
            var node = node(schema, depth);
            if (node != null) {
                nodes.add(node);
            }
        }
        return List.copyOf(nodes);
    }

    private static SequencedMap<String, Structural> nodes(Json.Obj schemas, int depth) {
        var nodes = new LinkedHashMap<String, Structural>();
        new TreeMap<>(schemas.fields())
                .forEach((name, schema) -> {
                    var node = node(schema, depth);
                    if (node != null) {
                        nodes.put(name, node);
                    }
                });
        return Collections.unmodifiableSequencedMap(nodes);
    }

    /// The schema as it was written.
    public Json.Obj tree() {
        return tree;
    }

    public String type() {
        return type;
    }

    public String format() {
        return format;
    }

    /// By name, sorted.
    public SequencedMap<String, Structural> properties() {
        return properties;
    }

    public @Nullable Structural items() {
        return items;
    }

    /// The schema of the values of a map; null also where anything goes.
    public @Nullable Structural additional() {
        return additional;
    }

    /// Whether a field without a schema of its own is known all the same.
    public boolean hasAdditional() {
        return additional != null || flag("additionalProperties");
    }

    /// Whether `additionalProperties` is `false`.
    public boolean forbidsAdditional() {
        return tree.get("additionalProperties") instanceof Json.Bool(var allows) && !allows;
    }

    public List<Structural> allOf() {
        return allOf;
    }

    public List<Structural> anyOf() {
        return anyOf;
    }

    public List<Structural> oneOf() {
        return oneOf;
    }

    public @Nullable Structural not() {
        return not;
    }

    public boolean nullable() {
        return nullable;
    }

    public boolean preserveUnknown() {
        return preserveUnknown;
    }

    public boolean embedded() {
        return embedded;
    }

    public boolean intOrString() {
        return intOrString;
    }

    public @Nullable Json defaultValue() {
        return defaultValue;
    }

    public List<String> required() {
        return required;
    }

    public ValueRules rules() {
        return rules;
    }

    /// `atomic`, `set`, `map`, or empty.
    public String listType() {
        return tree.text("x-kubernetes-list-type");
    }

    public List<String> listMapKeys() {
        return texts("x-kubernetes-list-map-keys");
    }

    /// `atomic`, `granular`, or empty.
    public String mapType() {
        return tree.text("x-kubernetes-map-type");
    }

    /// The CEL rules of this node.
    public List<Json> validations() {
        return tree.items("x-kubernetes-validations");
    }

    /// Whether this node or one below it has CEL rules.
    public boolean hasValidations() {
        return !validations().isEmpty()
                || properties.values().stream().anyMatch(Structural::hasValidations)
                || (items != null && items.hasValidations())
                || (additional != null && additional.hasValidations());
    }

    /// Whether this node or one below it has a default.
    public boolean hasDefaults() {
        return defaultValue != null
                || properties.values().stream().anyMatch(Structural::hasDefaults)
                || (items != null && items.hasDefaults())
                || (additional != null && additional.hasDefaults());
    }

    /// The schema of a field, or null where the schema does not say.
    public @Nullable Structural at(String field) {
        var property = properties.get(field);
        return property == null ? additional : property;
    }

    private boolean flag(String name) {
        return tree.get(name) instanceof Json.Bool(var set) && set;
    }

    private List<String> texts(String name) {
        var all = new ArrayList<String>();
        for (var item : tree.items(name)) {
            if (item instanceof Json.Str(var text)) {
                all.add(text);
            }
        }
        return List.copyOf(all);
    }
}
