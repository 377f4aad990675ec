package io.coxswain.api.apiextensions;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.Structural;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How `x-kubernetes-list-type`, its keys and `x-kubernetes-map-type` go together.
final class ListTypeRules {

    private static final String LIST_TYPE = "x-kubernetes-list-type";
    private static final String MAP_TYPE = "x-kubernetes-map-type";
    private static final String KEYS = "x-kubernetes-list-map-keys";

    private ListTypeRules() {}

    static void check(Structural schema, FieldErrors errors) {
        mapType(schema, errors);
        listType(schema, errors);
        keys(schema, errors);
        if (schema.listType().equals("map")) {
            map(schema, errors);
        }
        items(schema, errors.at("items"));
    }

    private static void mapType(Structural schema, FieldErrors errors) {
        if (!schema.tree().fields().containsKey(MAP_TYPE)) {
            return;
        }
        if (!schema.type().equals("object")) {
            mustBe("object", MAP_TYPE, schema.type(), errors.at("type"));
        }
        if (!Set.of("atomic", "granular").contains(schema.mapType())) {
            errors.at(MAP_TYPE).notSupported(schema.mapType(), List.of("atomic", "granular"));
        }
    }

    private static void mustBe(String wanted, String because, String type, FieldErrors errors) {
        var why = "must be " + wanted + " if " + because + " is specified";
        if (type.isEmpty()) {
            errors.required(why);
        } else {
            errors.invalid(type, why);
        }
    }

    private static void listType(Structural schema, FieldErrors errors) {
        if (!schema.tree().fields().containsKey(LIST_TYPE)) {
            return;
        }
        var items = schema.items();
        if (!schema.type().equals("array")) {
            mustBe("array", LIST_TYPE, schema.type(), errors.at("type"));
        } else if (schema.listType().equals("set") && items != null) {
            var why = "must be atomic as item of a list with x-kubernetes-list-type=set";
            if (items.type().equals("array")
                    && !items.listType().isEmpty()
                    && !items.listType().equals("atomic")) {
                errors.at("items").at(LIST_TYPE).invalid(items.listType(), why);
            } else if (items.type().equals("object") && !items.mapType().equals("atomic")) {
                errors.at("items").at(MAP_TYPE).invalid(null, why);
            }
        }
        if (!Set.of("atomic", "set", "map").contains(schema.listType())) {
            errors.at(LIST_TYPE).notSupported(schema.listType(), List.of("atomic", "set", "map"));
        }
    }

    private static void keys(Structural schema, FieldErrors errors) {
        if (schema.listMapKeys().isEmpty() || schema.listType().equals("map")) {
            return;
        }
        var why = "must be map if x-kubernetes-list-map-keys is non-empty";
        if (schema.listType().isEmpty()) {
            errors.at(LIST_TYPE).required(why);
        } else {
            errors.at(LIST_TYPE).invalid(schema.listType(), why);
        }
    }

    private static void map(Structural schema, FieldErrors errors) {
        if (schema.listMapKeys().isEmpty()) {
            errors.at(KEYS).required("must not be empty if x-kubernetes-list-type is map");
        }
        var items = schema.items();
        if (items == null) {
            errors.at("items").required("must have a schema if x-kubernetes-list-type is map");
            return;
        }
        if (!items.type().equals("object")) {
            errors.at("items")
                    .at("type")
                    .invalid(
                            items.type(),
                            "must be object if parent array's x-kubernetes-list-type is map");
            return;
        }
        var seen = new HashSet<String>();
        for (var key : schema.listMapKeys()) {
            var property = items.properties().get(key);
            if (property == null) {
                errors.at(KEYS)
                        .invalid(
                                schema.listMapKeys(),
                                "entries must all be names of item properties");
            } else if (Set.of("array", "object").contains(property.type())) {
                errors.at("items")
                        .at("properties")
                        .key(key)
                        .at("type")
                        .invalid(
                                items.type(),
                                "must be a scalar type if parent array's x-kubernetes-list-type"
                                        + " is map");
            }
            if (!seen.add(key)) {
                errors.at(KEYS).invalid(schema.listMapKeys(), "must not contain duplicate entries");
            }
        }
    }

    /// Items are told apart by what they are, so neither they nor their keys may be absent.
    private static void items(Structural schema, FieldErrors errors) {
        var items = schema.items();
        if (items == null || !Set.of("set", "map").contains(schema.listType())) {
            return;
        }
        if (items.nullable()) {
            errors.at("nullable")
                    .forbidden(
                            "cannot be nullable when x-kubernetes-list-type is "
                                    + schema.listType());
        }
        if (!schema.listType().equals("map")) {
            return;
        }
        for (var key : schema.listMapKeys()) {
            var property = items.properties().get(key);
            if (property == null) {
                continue;
            }
            var at = errors.at("properties").key(key);
            if (!items.required().contains(key) && property.defaultValue() == null) {
                at.at("default")
                        .required(
                                "this property is in x-kubernetes-list-map-keys, so it must have a"
                                        + " default or be a required property");
            }
            if (property.nullable()) {
                at.at("nullable")
                        .forbidden(
                                "this property is in x-kubernetes-list-map-keys, so it cannot be"
                                        + " nullable");
            }
        }
    }
}
