package io.coxswain.api.apiextensions;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.Structural;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which schemas a definition may have: what of OpenAPI v3 is supported, and how the extensions of
/// Kubernetes go together.
final class SchemaRules {

    private static final List<String> TYPES =
            List.of("array", "boolean", "integer", "number", "object", "string");

    private static final Set<String> META = Set.of("metadata", "kind", "apiVersion");

    /// With a status apart, the rest of the root would not be checked for it.
    private static final Set<String> AT_ROOT =
            Set.of(
                    "description",
                    "type",
                    "format",
                    "title",
                    "maximum",
                    "exclusiveMaximum",
                    "minimum",
                    "exclusiveMinimum",
                    "maxLength",
                    "minLength",
                    "pattern",
                    "maxItems",
                    "minItems",
                    "uniqueItems",
                    "multipleOf",
                    "required",
                    "items",
                    "properties",
                    "externalDocs",
                    "example",
                    "x-kubernetes-preserve-unknown-fields",
                    "x-kubernetes-validations",
                    "nullable");

    private static final String AT_ROOT_TEXT =
            "only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum"
                    + " MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf"
                    + " Required Items Properties ExternalDocs Example XPreserveUnknownFields"
                    + " XValidations] fields are allowed at the root of the schema if the status"
                    + " subresource is enabled";

    /// Where in a schema we are.
    ///
    /// @param noDefaults why there may be no default here; empty where there may be one
    private record Place(boolean root, boolean insideMeta, String noDefaults) {
        Place below() {
            return new Place(false, insideMeta, noDefaults);
        }
    }

    private SchemaRules() {}

    /// @param errors at `openAPIV3Schema`
    static void check(Structural schema, boolean statusApart, FieldErrors errors) {
        if (statusApart) {
            root(schema, errors);
        }
        if (schema.nullable()) {
            errors.at("nullable").forbidden("nullable cannot be true at the root");
        }
        var structural = new FieldErrors();
        StructuralRules.check(schema, relative(structural, errors));
        if (structural.isEmpty()) {
            DefaultRules.check(schema, relative(structural, errors));
        }
        errors.addAll(structural.all());
        node(schema, new Place(true, false, ""), errors);
    }

    /// The same place in another collection.
    private static FieldErrors relative(FieldErrors other, FieldErrors errors) {
        return other.at(errors.path());
    }

    private static void root(Structural schema, FieldErrors errors) {
        if (!schema.type().isEmpty() && !schema.type().equals("object")) {
            errors.at("type")
                    .invalid(
                            schema.type(),
                            "only \"object\" is allowed as the type at the root of the schema if"
                                    + " the status subresource is enabled");
        }
        if (!AT_ROOT.containsAll(schema.tree().fields().keySet())) {
            errors.invalid(schema.tree(), AT_ROOT_TEXT);
        }
    }

    private static void node(@Nullable Structural schema, Place place, FieldErrors errors) {
        if (schema == null) {
            return;
        }
        supported(schema, place, errors);
        children(schema, place, errors);
        var preserve = schema.tree().get("x-kubernetes-preserve-unknown-fields");
        if (preserve instanceof Json.Bool(var set) && !set) {
            errors.at("x-kubernetes-preserve-unknown-fields")
                    .invalid(false, "must be true or undefined");
        }
        ListTypeRules.check(schema, errors);
        rules(schema, errors.at("x-kubernetes-validations"));
    }

    private static void supported(Structural schema, Place place, FieldErrors errors) {
        var tree = schema.tree();
        var type = schema.type();
        if (!type.isEmpty() && !TYPES.contains(type)) {
            errors.at("type").notSupported(type, TYPES);
        }
        if (schema.defaultValue() != null && !place.noDefaults.isEmpty()) {
            errors.at("default").forbidden("must not be set " + place.noDefaults);
        }
        for (var name :
                List.of(
                        "id",
                        "additionalItems",
                        "patternProperties",
                        "definitions",
                        "dependencies",
                        "$ref")) {
            var value = tree.get(name);
            if (value != null && !(value instanceof Json.Null) && !value.equals(Json.of(""))) {
                errors.at(name).forbidden(name + " is not supported");
            }
        }
        if (type.equals("null")) {
            errors.at("type")
                    .forbidden("type cannot be set to null, use nullable as an alternative");
        }
        if (tree.get("items") instanceof Json.Arr) {
            errors.at("items").forbidden("items must be a schema object and not an array");
        }
        if (place.insideMeta && schema.embedded()) {
            errors.at("x-kubernetes-embedded-resource")
                    .forbidden("must not be used inside of resource meta");
        }
        if (tree.get("uniqueItems") instanceof Json.Bool(var unique) && unique) {
            errors.at("uniqueItems")
                    .forbidden(
                            "uniqueItems cannot be set to true since the runtime complexity"
                                    + " becomes quadratic");
        }
    }

    private static void children(Structural schema, Place place, FieldErrors errors) {
        var additional = schema.additional();
        var limits = additional != null || schema.forbidsAdditional();
        if (limits && !schema.properties().isEmpty()) {
            errors.at("additionalProperties")
                    .forbidden("additionalProperties and properties are mutual exclusive");
        }
        var inMaps =
                place.insideMeta
                        ? new Place(
                                false,
                                true,
                                "inside additionalProperties applying to object metadata")
                        : place.below();
        node(additional, inMaps, errors.at("additionalProperties"));
        schema.properties()
                .forEach((name, property) ->
                        node(
                                property,
                                property(schema, name, place),
                                errors.at("properties").key(name)));
        node(schema.not(), place.below(), errors.at("not"));
        for (var junction : List.of("allOf", "oneOf", "anyOf")) {
            var parts =
                    switch (junction) {
                        case "allOf" -> schema.allOf();
                        case "oneOf" -> schema.oneOf();
                        default -> schema.anyOf();
                    };
            for (var i = 0; i < parts.size(); i++) {
                node(parts.get(i), place.below(), errors.at(junction).at(i));
            }
        }
        node(schema.items(), place.below(), errors.at("items"));
    }

    private static Place property(Structural schema, String name, Place place) {
        if (!META.contains(name) || !(place.root || schema.embedded())) {
            return place.below();
        }
        return new Place(false, true, place.root ? "in top-level " + name : place.noDefaults);
    }

    /// The rules as text; whether they compile is not known here.
    private static void rules(Structural schema, FieldErrors errors) {
        var reasons =
                List.of(
                        "FieldValueDuplicate",
                        "FieldValueForbidden",
                        "FieldValueInvalid",
                        "FieldValueRequired");
        var rules = schema.validations();
        for (var i = 0; i < rules.size(); i++) {
            if (!(rules.get(i) instanceof Json.Obj rule)) {
                continue;
            }
            var at = errors.at(i);
            texts(rule, at);
            var reason = rule.text("reason");
            if (rule.get("reason") instanceof Json.Str && !reasons.contains(reason)) {
                at.at("reason").notSupported(reason, reasons);
            }
            var path = rule.text("fieldPath");
            if (path.isEmpty()) {
                continue;
            }
            if (path.isBlank()) {
                at.at("fieldPath").invalid(path, "must be non-empty if specified");
            }
            if (lines(path)) {
                at.at("fieldPath").invalid(path, "must not contain line breaks");
            }
            if (FieldPaths.find(path, schema) == null) {
                at.at("fieldPath").invalid(path, "must be a valid path");
            }
        }
    }

    private static void texts(Json.Obj rule, FieldErrors errors) {
        var message = rule.text("message");
        if (rule.text("rule").isBlank()) {
            errors.at("rule").required("rule is not specified");
        } else if (!message.isEmpty() && message.isBlank()) {
            errors.at("message").invalid(message, "must be non-empty if specified");
        } else if (lines(message.strip())) {
            errors.at("message").invalid(message, "must not contain line breaks");
        } else if (lines(rule.text("rule").strip()) && message.isBlank()) {
            errors.at("message").required("message must be specified if rule contains line breaks");
        }
        var expression = rule.text("messageExpression");
        if (!expression.isEmpty() && expression.isBlank()) {
            errors.at("messageExpression")
                    .required("messageExpression must be non-empty if specified");
        }
    }

    private static boolean lines(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }
}
