package io.coxswain.api.fields;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.schema.Schema.ListType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// Checks an applied configuration against its schema, with the complaints of upstream's typed
/// values.
final class TypedCheck {

    private final List<String> errors = new ArrayList<>();

    private TypedCheck() {}

    /// Throws when a field is unknown or of the wrong type, or a list names an item twice.
    static void check(Json.Obj config, Schema schema) {
        var check = new TypedCheck();
        check.value(config, schema, "");
        if (check.errors.isEmpty()) {
            return;
        }
        var found =
                check.errors.size() == 1
                        ? check.errors.getFirst()
                        : "errors:\n  " + String.join("\n  ", check.errors);
        throw Errors.of(
                500,
                "",
                "failed to create typed patch object (" + what(config) + "): " + found,
                null);
    }

    private static String what(Json.Obj config) {
        var metadata = config.object("metadata");
        var version = config.text("apiVersion");
        return metadata.text("namespace")
                + "/"
                + metadata.text("name")
                + "; "
                + (version.contains("/") ? version : "/" + version)
                + ", Kind="
                + config.text("kind");
    }

    private void value(Json value, Schema schema, String path) {
        if (value instanceof Json.Null) {
            return;
        }
        switch (schema.type()) {
            case ANY -> {}
            case OBJECT -> {
                if (value instanceof Json.Obj object) {
                    object(object, schema, path);
                } else {
                    errors.add(path + ": expected map, got &{" + plain(value) + "}");
                }
            }
            case LIST -> {
                if (value instanceof Json.Arr(var items)) {
                    list(items, schema, path);
                } else {
                    errors.add(path + ": expected list, got &{" + plain(value) + "}");
                }
            }
            case STRING -> {
                var number = value instanceof Json.Int || value instanceof Json.Real;
                var free = schema.format().equals("quantity") && number;
                if (!(value instanceof Json.Str) && !free) {
                    errors.add(path + ": expected string, got " + wrapped(value));
                }
            }
            case BOOLEAN -> {
                if (!(value instanceof Json.Bool)) {
                    errors.add(path + ": expected boolean, got " + wrapped(value));
                }
            }
            case INTEGER, NUMBER -> {
                if (!(value instanceof Json.Int) && !(value instanceof Json.Real)) {
                    errors.add(path + ": expected numeric (int or float), got " + goType(value));
                }
            }
            case INT_OR_STRING -> {
                if (value instanceof Json.Obj || value instanceof Json.Arr) {
                    errors.add(path + ": expected any scalar, got " + wrapped(value));
                }
            }
        }
    }

    private void object(Json.Obj object, Schema schema, String path) {
        object.fields()
                .forEach((name, child) -> {
                    if (schema.knows(name) || schema.preserveUnknown()) {
                        value(child, schema.at(name), path + "." + name);
                    } else {
                        errors.add(path + "." + name + ": field not declared in schema");
                    }
                });
    }

    private void list(List<Json> items, Schema schema, String path) {
        var seen = new HashSet<Element>();
        var position = 0;
        for (var item : items) {
            var merges = schema.merge().listType() != ListType.ATOMIC;
            var element = merges ? ListItems.name(item, schema, position) : null;
            if (element != null && !seen.add(element)) {
                errors.add(path + ": duplicate entries for key " + element);
            }
            value(item, schema.items(), path + (element == null ? "[" + position + "]" : element));
            position++;
        }
    }

    private static String goType(Json value) {
        return switch (value) {
            case Json.Str s -> "string";
            case Json.Bool b -> "bool";
            case Json.Obj o -> "map[string]interface {}";
            case Json.Arr a -> "[]interface {}";
            case Json.Int i -> "int64";
            case Json.Real r -> "float64";
            case Json.Null n -> "<nil>";
        };
    }

    private static String wrapped(Json value) {
        var shown =
                value instanceof Json.Str
                        ? new String(JsonWriter.write(value), StandardCharsets.UTF_8)
                        : plain(value);
        return "&value.valueUnstructured{Value:" + shown + "}";
    }

    private static String plain(Json value) {
        return value instanceof Json.Str(var text)
                ? text
                : new String(JsonWriter.write(value), StandardCharsets.UTF_8);
    }
}
