package io.coxswain.api.apiextensions;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.Structural;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a schema is structural: every field has one type, said outside of `allOf`, `anyOf`,
/// `oneOf` and `not`, which may only restrict values.
public final class StructuralRules {

    /// What a schema is the schema of.
    private enum Level {
        ROOT("must not be empty at the root"),
        ITEM("must not be empty for specified array items"),
        FIELD("must not be empty for specified object fields");

        private final String noType;

        Level(String noType) {
            this.noType = noType;
        }
    }

    /// What may not be said inside of a junction, and how each is complained about.
    private static final Map<String, String> OUTSIDE_ONLY =
            Map.ofEntries(
                    Map.entry("type", "must be empty to be structural"),
                    Map.entry("default", "must be undefined to be structural"),
                    Map.entry("title", "must be empty to be structural"),
                    Map.entry("description", "must be empty to be structural"),
                    Map.entry("nullable", "must be false to be structural"),
                    Map.entry("externalDocs", "must be undefined to be structural"),
                    Map.entry("additionalProperties", "must be undefined to be structural"),
                    Map.entry(
                            "x-kubernetes-preserve-unknown-fields",
                            "must be false to be structural"),
                    Map.entry("x-kubernetes-embedded-resource", "must be false to be structural"),
                    Map.entry("x-kubernetes-int-or-string", "must be false to be structural"),
                    Map.entry("x-kubernetes-list-map-keys", "must be empty to be structural"),
                    Map.entry("x-kubernetes-list-type", "must be undefined to be structural"),
                    Map.entry("x-kubernetes-map-type", "must be undefined to be structural"),
                    Map.entry("x-kubernetes-validations", "must be empty to be structural"));

    private static final Set<String> NAMES = Set.of("name", "generateName");

    private StructuralRules() {}

    public static void check(Structural schema, FieldErrors errors) {
        node(schema, Level.ROOT, errors);
    }

    private static void node(Structural schema, Level level, FieldErrors errors) {
        var items = schema.items();
        if (schema.type().equals("array") && items == null) {
            errors.at("items").required("must be specified");
        }
        if (items != null) {
            node(items, Level.ITEM, errors.at("items"));
        }
        schema.properties()
                .forEach((name, property) ->
                        node(property, Level.FIELD, errors.at("properties").key(name)));
        var additional = schema.additional();
        if (schema.tree().get("additionalProperties") != null && level == Level.ROOT) {
            errors.at("additionalProperties").forbidden("must not be used at the root");
        }
        if (additional != null) {
            node(additional, Level.FIELD, errors.at("additionalProperties"));
        }
        extensions(schema, errors);
        junctions(schema, intOrString(schema.anyOf()), allOfIntOrString(schema), errors);
        type(schema, level, errors);
        meta(schema, level, errors);
        complete(schema, schema, errors, errors);
    }

    private static void extensions(Structural schema, FieldErrors errors) {
        if (schema.intOrString() && schema.preserveUnknown()) {
            errors.at("x-kubernetes-preserve-unknown-fields")
                    .invalid(true, "must be false if x-kubernetes-int-or-string is true");
        }
        if (schema.intOrString() && schema.embedded()) {
            errors.at("x-kubernetes-embedded-resource")
                    .invalid(true, "must be false if x-kubernetes-int-or-string is true");
        }
    }

    private static void type(Structural schema, Level level, FieldErrors errors) {
        var type = schema.type();
        var at = errors.at("type");
        if (schema.embedded() && !type.equals("object")) {
            var why = "must be object if x-kubernetes-embedded-resource is true";
            if (type.isEmpty()) {
                at.required(why);
            } else {
                at.invalid(type, why);
            }
        } else if (type.isEmpty() && !schema.intOrString() && !schema.preserveUnknown()) {
            at.required(level.noType);
        }
        if (schema.embedded() && schema.tree().get("additionalProperties") != null) {
            errors.at("additionalProperties")
                    .forbidden("must not be used if x-kubernetes-embedded-resource is set");
        }
        if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
            at.invalid(type, "must be object at the root");
        }
    }

    private static void meta(Structural schema, Level level, FieldErrors errors) {
        var resource = level == Level.ROOT || schema.embedded();
        for (var name : List.of("kind", "apiVersion")) {
            var property = schema.properties().get(name);
            if (resource && property != null && !property.type().equals("string")) {
                errors.at("properties")
                        .key(name)
                        .at("type")
                        .invalid(property.type(), "must be string");
            }
        }
        var metadata = schema.properties().get("metadata");
        if (metadata != null && resource) {
            var at = errors.at("properties").key("metadata");
            if (!metadata.type().equals("object")) {
                at.at("type").invalid(metadata.type(), "must be object");
            }
            if (level == Level.ROOT && restrictsMore(metadata)) {
                at.forbidden(
                        "must not specify anything other than name and generateName, but metadata"
                                + " is implicitly specified");
            }
        }
        if (schema.embedded() && !schema.preserveUnknown() && schema.properties().isEmpty()) {
            errors.at("properties")
                    .required(
                            "must not be empty if x-kubernetes-embedded-resource is true without"
                                    + " x-kubernetes-preserve-unknown-fields");
        }
    }

    private static boolean restrictsMore(Structural metadata) {
        var others =
                metadata.tree().fields().keySet().stream()
                        .anyMatch(name -> !Set.of("type", "properties", "default").contains(name));
        return others || !NAMES.containsAll(metadata.properties().keySet());
    }

    private static void junctions(
            Structural schema, boolean skipAnyOf, boolean skipFirstAllOf, FieldErrors errors) {
        for (var i = 0; i < schema.anyOf().size() && !skipAnyOf; i++) {
            nested(schema.anyOf().get(i), false, errors.at("anyOf").at(i));
        }
        for (var i = 0; i < schema.allOf().size(); i++) {
            nested(schema.allOf().get(i), skipFirstAllOf && i == 0, errors.at("allOf").at(i));
        }
        for (var i = 0; i < schema.oneOf().size(); i++) {
            nested(schema.oneOf().get(i), false, errors.at("oneOf").at(i));
        }
        var not = schema.not();
        if (not != null) {
            nested(not, false, errors.at("not"));
        }
        var pattern = schema.rules().patternText();
        if (!pattern.isEmpty() && schema.rules().pattern() == null) {
            errors.at("pattern")
                    .invalid(
                            pattern,
                            "must be a valid regular expression, but isn't: " + why(pattern));
        }
    }

    private static String why(String pattern) {
        try {
            Pattern.compile(pattern);
            return "";
        } catch (PatternSyntaxException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void nested(Structural schema, boolean skipAnyOf, FieldErrors errors) {
        junctions(schema, skipAnyOf, false, errors);
        var items = schema.items();
        if (items != null) {
            nested(items, false, errors.at("items"));
        }
        schema.properties()
                .forEach((name, property) ->
                        nested(property, false, errors.at("properties").key(name)));
        OUTSIDE_ONLY.forEach((name, why) -> {
            if (said(schema.tree().get(name))) {
                errors.at(name).forbidden(why);
            }
        });
        if (schema.properties().containsKey("metadata")) {
            errors.at("properties")
                    .key("metadata")
                    .forbidden("must not be specified in a nested context");
        }
    }

    private static boolean said(@Nullable Json value) {
        return switch (value) {
            case null -> false;
            case Json.Null n -> false;
            case Json.Bool(var set) -> set;
            case Json.Str(var text) -> !text.isEmpty();
            case Json.Arr(var items) -> !items.isEmpty();
            case Json other -> true;
        };
    }

    private static boolean intOrString(List<Structural> choices) {
        return choices.size() == 2
                && choices.get(0).tree().equals(typed("integer"))
                && choices.get(1).tree().equals(typed("string"));
    }

    private static boolean allOfIntOrString(Structural schema) {
        return !schema.allOf().isEmpty() && intOrString(schema.allOf().getFirst().anyOf());
    }

    private static Json.Obj typed(String type) {
        return Json.object(Map.of("type", Json.of(type)));
    }

    /// Everything that a junction restricts must have a type outside of it.
    private static void complete(
            Structural part, @Nullable Structural whole, FieldErrors at, FieldErrors from) {
        if (whole == null) {
            at.required("because it is defined in " + from.path());
            return;
        }
        for (var i = 0; i < part.allOf().size(); i++) {
            inner(part.allOf().get(i), whole, at, from.at("allOf").at(i));
        }
        for (var i = 0; i < part.anyOf().size(); i++) {
            inner(part.anyOf().get(i), whole, at, from.at("anyOf").at(i));
        }
        for (var i = 0; i < part.oneOf().size(); i++) {
            inner(part.oneOf().get(i), whole, at, from.at("oneOf").at(i));
        }
        var not = part.not();
        if (not != null) {
            inner(not, whole, at, from.at("not"));
        }
    }

    private static void inner(
            Structural part, @Nullable Structural whole, FieldErrors at, FieldErrors from) {
        complete(part, whole, at, from);
        if (whole == null) {
            return;
        }
        var items = part.items();
        if (items != null) {
            inner(items, whole.items(), at.at("items"), from.at("items"));
        }
        part.properties()
                .forEach((name, property) ->
                        inner(
                                property,
                                whole.properties().get(name),
                                at.at("properties").key(name),
                                from.at("properties").key(name)));
    }
}
