package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.meta.Status.ListMeta;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Default;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.PatchMerge;
import io.coxswain.api.schema.PatchReplace;
import io.coxswain.api.schema.PatchStrategy;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.RecordType.Component;
import io.coxswain.api.schema.Required;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Turns record classes into OpenAPI schemas, together with every type they refer to.
final class Schemas {

    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String DEFINITIONS =
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.";
    private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    private static final String RAW = "io.k8s.apimachinery.pkg.runtime.RawExtension";

    private final String refPrefix;
    private final Map<String, Json> made = new TreeMap<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private TypeNames names = TypeNames.PLAIN;

    /// A type whose schema is still to be made.
    private record Waiting(Class<?> type, TypeNames names) {}

    /// @param refPrefix `#/components/schemas/` in version 3, `#/definitions/` in version 2
    Schemas(String refPrefix) {
        this.refPrefix = refPrefix;
    }

    /// All schemas made so far, by name, with everything they refer to.
    Json.Obj all() {
        while (!waiting.isEmpty()) {
            var next = waiting.removeFirst();
            names = next.names;
            var name = names.of(next.type);
            if (!made.containsKey(name)) {
                made.put(name, Json.EMPTY); // Types may refer to themselves.
                made.put(name, struct(next.type));
            }
        }
        return Json.object(made);
    }

    /// From now on, the types of this kind's package are those of `version`.
    void speakOf(Class<?> kind, String version) {
        names = TypeNames.within(kind, version);
    }

    boolean isVersion2() {
        return refPrefix.equals(Version2.REFS);
    }

    /// The name of the schema of a record, which is made if need be.
    String name(Class<?> record) {
        waiting.add(new Waiting(record, names));
        return names.of(record);
    }

    /// The schema of any patch.
    String patch() {
        made.put(META + "Patch", typed("object", ""));
        return META + "Patch";
    }

    /// The schema of one event of a watch.
    String watchEvent() {
        var properties = new LinkedHashMap<String, Json>();
        properties.put("object", simple(RAW));
        properties.put("type", typed("string", "").with("default", Json.of("")));
        var schema = new LinkedHashMap<String, Json>();
        schema.put("type", Json.of("object"));
        schema.put("required", Json.array(List.of(Json.of("type"), Json.of("object"))));
        schema.put("properties", new Json.Obj(properties));
        made.put(META + "WatchEvent", new Json.Obj(schema));
        return META + "WatchEvent";
    }

    /// A reference to a type that JSON writes as something simple.
    private Json.Obj simple(String name) {
        made.computeIfAbsent(
                name,
                key ->
                        switch (key) {
                            case INT_OR_STRING -> typed("string", "int-or-string");
                            case META + "Time", META + "MicroTime" -> typed("string", "date-time");
                            case RAW,
                                    META + "FieldsV1",
                                    DEFINITIONS + "CustomResourceSubresourceStatus" ->
                                    typed("object", "");
                            case DEFINITIONS + "JSON",
                                    DEFINITIONS + "JSONSchemaPropsOrArray",
                                    DEFINITIONS + "JSONSchemaPropsOrBool",
                                    DEFINITIONS + "JSONSchemaPropsOrStringArray" ->
                                    Json.EMPTY;
                            default -> typed("string", "");
                        });
        return reference(name);
    }

    /// A reference to the schema of a record, which is made if need be.
    Json.Obj reference(Class<?> record) {
        return reference(name(record));
    }

    /// The list of a kind: metadata and items.
    Json.Obj list(Class<?> record, Json.Obj kind) {
        var properties = new LinkedHashMap<String, Json>();
        properties.put("apiVersion", described("apiVersion", typed("string", "")));
        properties.put("items", described("items", array(held(reference(record)))));
        properties.put("kind", described("kind", typed("string", "")));
        properties.put("metadata", described("metadata", held(reference(ListMeta.class))));
        var schema = new LinkedHashMap<String, Json>();
        schema.put(
                "description",
                Json.of("A list of objects of kind " + record.getSimpleName() + "."));
        schema.put("type", Json.of("object"));
        schema.put("required", Json.array(List.of(Json.of("items"))));
        schema.put("properties", new Json.Obj(properties));
        schema.put("x-kubernetes-group-version-kind", Json.array(List.of(kind)));
        return new Json.Obj(schema);
    }

    private static Json.Obj described(String field, Json.Obj value) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("description", Json.of(Descriptions.common(field)));
        fields.putAll(value.fields());
        return new Json.Obj(fields);
    }

    void add(String name, Json.Obj schema) {
        made.put(name, schema);
    }

    Json.Obj reference(String name) {
        return Json.object(Map.of("$ref", Json.of(refPrefix + name)));
    }

    private Json.Obj struct(Class<?> type) {
        var properties = new TreeMap<String, Json>();
        var required = new ArrayList<Json>();
        var kind = type.getAnnotation(Kind.class);
        if (kind != null) {
            properties.put("apiVersion", described("apiVersion", typed("string", "")));
            properties.put("kind", described("kind", typed("string", "")));
        }
        for (var component : RecordType.of(type).components()) {
            properties.put(component.json(), property(type, component));
            if (component.has(Required.class)) {
                required.add(Json.of(component.json()));
            }
        }
        var schema = new LinkedHashMap<String, Json>();
        schema.put("description", Json.of(Descriptions.of(type)));
        schema.put("type", Json.of("object"));
        if (!required.isEmpty()) {
            schema.put("required", Json.array(required));
        }
        schema.put("properties", Json.object(properties));
        if (type.isAnnotationPresent(Atomic.class)) {
            schema.put("x-kubernetes-map-type", Json.of("atomic"));
        }
        if (kind != null) {
            var version = names.covers(type) ? names.version() : kind.version();
            var called = groupVersionKind(kind.group(), version, type.getSimpleName());
            schema.put("x-kubernetes-group-version-kind", Json.array(List.of(called)));
        }
        return new Json.Obj(schema);
    }

    static Json.Obj groupVersionKind(String group, String version, String kind) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("group", Json.of(group));
        fields.put("kind", Json.of(kind));
        fields.put("version", Json.of(version));
        return new Json.Obj(fields);
    }

    private Json.Obj property(Class<?> owner, Component component) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("description", Json.of(Descriptions.of(owner, component)));
        var value = value(component.type(), component);
        if (value.fields().containsKey("$ref") && refPrefix.contains("components")) {
            fields.put("allOf", Json.array(List.of(value)));
        } else {
            fields.putAll(value.fields());
        }
        var standard = component.annotation(Default.class);
        if (standard != null) {
            fields.put("default", JsonReader.read(defaultJson(component, standard.value())));
        }
        var zero = ZeroDefaults.of(component);
        if (standard == null && zero != null && !isVersion2()) {
            fields.put("default", zero);
        }
        var choices = component.annotation(OneOf.class);
        if (choices != null && component.raw() == String.class) {
            fields.put("enum", strings(choices.value()));
        }
        merge(component, fields);
        return new Json.Obj(fields);
    }

    private static byte[] defaultJson(Component component, String value) {
        var text = component.raw() == String.class ? "\"" + value + "\"" : value;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void merge(Component component, SequencedMap<String, Json> fields) {
        if (component.raw() == Map.class && component.has(Atomic.class)) {
            fields.put("x-kubernetes-map-type", Json.of("atomic"));
        }
        var keys = component.annotation(ListMap.class);
        if (keys != null) {
            fields.put("x-kubernetes-list-map-keys", strings(keys.value()));
            fields.put("x-kubernetes-list-type", Json.of("map"));
            if (!component.has(PatchReplace.class)) {
                fields.put("x-kubernetes-patch-merge-key", Json.of(keys.value()[0]));
                fields.put("x-kubernetes-patch-strategy", Json.of("merge"));
            }
        }
        if (component.has(ListSet.class)) {
            fields.put("x-kubernetes-list-type", Json.of("set"));
        }
        var merges = component.annotation(PatchMerge.class);
        if (merges != null) {
            if (!merges.value().isEmpty()) {
                fields.put("x-kubernetes-patch-merge-key", Json.of(merges.value()));
            }
            fields.put("x-kubernetes-patch-strategy", Json.of("merge"));
        }
        var strategy = component.annotation(PatchStrategy.class);
        if (strategy != null) {
            fields.put("x-kubernetes-patch-strategy", Json.of(strategy.value()));
        }
        if (component.has(Atomic.class) && component.raw() != Map.class) {
            fields.put("x-kubernetes-list-type", Json.of("atomic"));
        }
        if (component.raw() == List.class
                && !fields.containsKey("x-kubernetes-list-type")
                && !fields.containsKey("x-kubernetes-patch-strategy")) {
            fields.put("x-kubernetes-list-type", Json.of("atomic"));
        }
    }

    private Json.Obj value(Type type, Component component) {
        return switch (type) {
            case ParameterizedType generic when generic.getRawType() == List.class ->
                    array(item(generic.getActualTypeArguments()[0], component));
            case ParameterizedType generic -> {
                var fields = new LinkedHashMap<String, Json>();
                fields.put("type", Json.of("object"));
                fields.put(
                        "additionalProperties",
                        item(generic.getActualTypeArguments()[1], component));
                yield new Json.Obj(fields);
            }
            case Class<?> plain -> plain(plain, component);
            default -> throw new IllegalStateException("unusual type " + type);
        };
    }

    /// What a list or map holds.
    private Json.Obj item(Type type, Component component) {
        var value = value(type, component);
        var zero = type instanceof Class<?> plain ? ZeroDefaults.ofItem(plain) : null;
        return zero == null || isVersion2() ? value : defaulted(value, zero);
    }

    /// A reference to a struct that Go holds by value.
    private Json.Obj held(Json.Obj reference) {
        return isVersion2() ? reference : defaulted(reference, Json.EMPTY);
    }

    private static Json.Obj defaulted(Json.Obj value, Json zero) {
        var fields = new LinkedHashMap<String, Json>();
        if (value.fields().containsKey("$ref")) {
            fields.put("allOf", Json.array(List.of(value)));
        } else {
            fields.putAll(value.fields());
        }
        fields.put("default", zero);
        return new Json.Obj(fields);
    }

    private Json.Obj plain(Class<?> type, Component component) {
        if (type == String.class) {
            return typed("string", "");
        }
        if (type == int.class || type == Integer.class) {
            return typed("integer", "int32");
        }
        if (type == long.class || type == Long.class) {
            return typed("integer", "int64");
        }
        if (type == boolean.class || type == Boolean.class) {
            return typed("boolean", "");
        }
        if (type == double.class || type == Double.class) {
            return typed("number", "double");
        }
        if (type == byte[].class) {
            return typed("string", "byte");
        }
        if (type == Instant.class) {
            return simple(META + (component.has(Micros.class) ? "MicroTime" : "Time"));
        }
        if (type == Duration.class) {
            return simple(META + "Duration");
        }
        if (type == Quantity.class) {
            return simple(QUANTITY);
        }
        if (type == IntOrString.class) {
            return simple(INT_OR_STRING);
        }
        if (Json.class.isAssignableFrom(type)) {
            return simple(treeName(component));
        }
        return reference(type);
    }

    /// The type of a field that may hold any JSON, or one of a few forms.
    private static String treeName(Component component) {
        var owner = component.source().getDeclaringRecord().getSimpleName();
        if (owner.equals("JSONSchemaProps")) {
            return DEFINITIONS
                    + switch (component.json()) {
                        case "items" -> "JSONSchemaPropsOrArray";
                        case "additionalItems", "additionalProperties" -> "JSONSchemaPropsOrBool";
                        case "dependencies" -> "JSONSchemaPropsOrStringArray";
                        default -> "JSON";
                    };
        }
        if (owner.equals("CustomResourceSubresources")) {
            return DEFINITIONS + "CustomResourceSubresourceStatus";
        }
        return component.json().equals("fieldsV1") ? META + "FieldsV1" : RAW;
    }

    private static Json.Obj array(Json.Obj items) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("type", Json.of("array"));
        fields.put("items", items);
        return new Json.Obj(fields);
    }

    private static Json strings(String[] values) {
        return Json.array(List.of(values).stream().map(Json::of).toList());
    }

    static Json.Obj typed(String type, String format) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("type", Json.of(type));
        if (!format.isEmpty()) {
            fields.put("format", Json.of(format));
        }
        return new Json.Obj(fields);
    }
}
