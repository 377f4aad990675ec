package io.coxswain.api.schema;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.RecordType.Component;
import io.coxswain.api.schema.Schema.ListType;
import io.coxswain.api.schema.Schema.Merge;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Derives the [Schema] of a record class from its components and their annotations.
final class RecordSchemas {

    private static final ClassValue<Schema> ALL =
            new ClassValue<>() {
                @Override
                protected Schema computeValue(Class<?> record) {
                    return struct(record);
                }
            };

    private RecordSchemas() {}

    static Schema of(Class<?> record) {
        return ALL.get(record);
    }

    private static Schema struct(Class<?> record) {
        var required = new LinkedHashSet<String>();
        for (var component : RecordType.of(record).components()) {
            if (component.has(Required.class)) {
                required.add(component.json());
            }
        }
        return Schema.builder(Schema.Type.OBJECT)
                .lazyFields(() -> fields(record))
                .required(required)
                .merge(merge(ListType.ATOMIC, List.of(), record.isAnnotationPresent(Atomic.class)))
                .build();
    }

    private static SequencedMap<String, Schema> fields(Class<?> record) {
        var fields = new LinkedHashMap<String, Schema>();
        if (record.isAnnotationPresent(Kind.class)) {
            fields.put("kind", Schema.builder(Schema.Type.STRING).build());
            fields.put("apiVersion", Schema.builder(Schema.Type.STRING).build());
        }
        for (var component : RecordType.of(record).components()) {
            fields.put(component.json(), field(component));
        }
        return fields;
    }

    private static Schema field(Component component) {
        var base = schema(component.type());
        var merge = merge(component, base);
        var oneOf = component.annotation(OneOf.class);
        var defaults = component.annotation(Default.class);
        if (merge.equals(base.merge()) && oneOf == null && defaults == null) {
            return base;
        }
        var builder = base.change().merge(merge);
        if (oneOf != null) {
            builder.enumValues(Arrays.stream(oneOf.value()).map(Json::of).toList());
        }
        if (defaults != null) {
            builder.defaultValue(defaultValue(base, defaults.value()));
        }
        return builder.build();
    }

    /// Defaults of strings are written without quotes.
    private static Json defaultValue(Schema base, String text) {
        return base.type() == Schema.Type.STRING
                ? Json.of(text)
                : JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Schema schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            var last = arguments[arguments.length - 1];
            var shape = generic.getRawType() == List.class ? Schema.Type.LIST : Schema.Type.OBJECT;
            return Schema.builder(shape).lazyItem(() -> schema(last)).build();
        }
        if (type instanceof Class<?> raw) {
            return raw.isRecord() && raw != Quantity.class && !Json.class.isAssignableFrom(raw)
                    ? of(raw)
                    : Scalar.of(raw);
        }
        throw new IllegalStateException(type + " has no schema");
    }

    private static Merge merge(Component component, Schema base) {
        var listMap = component.annotation(ListMap.class);
        var keys = listMap == null ? List.<String>of() : List.of(listMap.value());
        var listType =
                listMap != null
                        ? ListType.MAP
                        : component.has(ListSet.class) ? ListType.SET : ListType.ATOMIC;
        var strategies = new LinkedHashSet<String>();
        var mergeKey = "";
        if (listMap != null && !component.has(PatchReplace.class)) {
            strategies.add("merge");
            mergeKey = keys.getFirst();
        }
        var patchMerge = component.annotation(PatchMerge.class);
        if (patchMerge != null) {
            strategies.add("merge");
            mergeKey = patchMerge.value();
        }
        var strategy = component.annotation(PatchStrategy.class);
        if (strategy != null) {
            strategies.addAll(Set.of(strategy.value().split(",")));
        }
        var atomic =
                component.has(Atomic.class) || component.has(Opaque.class) || base.merge().atomic();
        return new Merge(listType, keys, atomic, List.copyOf(strategies), mergeKey);
    }

    private static Merge merge(ListType listType, List<String> keys, boolean atomic) {
        return new Merge(listType, keys, atomic, List.of(), "");
    }

    /// The schemas of values without parts.
    private enum Scalar {
        TEXT(Schema.Type.STRING, "", String.class),
        INT32(Schema.Type.INTEGER, "int32", int.class, Integer.class),
        INT64(Schema.Type.INTEGER, "int64", long.class, Long.class),
        DOUBLE(Schema.Type.NUMBER, "double", double.class, Double.class),
        BOOL(Schema.Type.BOOLEAN, "", boolean.class, Boolean.class),
        TIME(Schema.Type.STRING, "date-time", Instant.class),
        BYTES(Schema.Type.STRING, "byte", byte[].class),
        QUANTITY(Schema.Type.STRING, "quantity", Quantity.class),
        INT_OR_STRING(Schema.Type.INT_OR_STRING, "int-or-string", IntOrString.class);

        private final Schema schema;
        private final List<Class<?>> classes;

        Scalar(Schema.Type type, String format, Class<?>... classes) {
            this.schema = Schema.builder(type).format(format).build();
            this.classes = List.of(classes);
        }

        static Schema of(Class<?> raw) {
            for (var scalar : values()) {
                if (scalar.classes.contains(raw)) {
                    return scalar.schema;
                }
            }
            if (Json.class.isAssignableFrom(raw)) {
                return Schema.ANY;
            }
            throw new IllegalStateException(raw + " has no schema");
        }
    }
}
