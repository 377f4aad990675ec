package io.coxswain.api.codec;

import io.coxswain.api.json.JsonBuffer;
import io.coxswain.api.json.JsonTokens;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.RecordType.Component;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/// What reading and writing one record class needs, prepared once.
///
/// @param matcher JSON name to index; behind the components come `kind` and `apiVersion`
/// @param kind `"kind":"Pod","apiVersion":"v1"`; null for records without `@Kind`
/// @param name the name of the Go struct
/// @param told whether `{}` is something other than nothing
record Plan(
        RecordType<?> type,
        Slot[] slots,
        PropertyNameMatcher matcher,
        byte @Nullable [] kind,
        String name,
        boolean told) {

    private static final ClassValue<Plan> ALL =
            new ClassValue<>() {
                @Override
                protected Plan computeValue(Class<?> type) {
                    return make(type);
                }
            };

    /// One component.
    ///
    /// @param prefix `"name":`
    /// @param always written even when empty
    record Slot(Component component, Shape shape, byte[] prefix, boolean always) {

        /// Whether JSON leaves this value out.
        boolean omits(@Nullable Object value) {
            if (always) {
                return false;
            }
            return value == null || (!component.nullable() && empty(value));
        }

        private boolean empty(Object value) {
            return switch (value) {
                case String text -> text.isEmpty();
                case List<?> list -> list.isEmpty();
                case Map<?, ?> map -> map.isEmpty();
                case Boolean truth -> !truth;
                case Integer number -> number == 0;
                case Long number -> number == 0;
                case Double number -> number == 0;
                case byte[] bytes -> bytes.length == 0;
                default -> value.equals(shape.zero());
            };
        }
    }

    static Plan of(Class<?> type) {
        return ALL.get(type);
    }

    /// `v1.Container`, `v2.MetricSpec`.
    static String goName(Class<?> type) {
        var home = type.getPackageName();
        var last = home.substring(home.lastIndexOf('.') + 1);
        return (last.matches("v[0-9].*") ? last : "v1") + "." + type.getSimpleName();
    }

    private static Plan make(Class<?> type) {
        var described = RecordType.of(type);
        var names = new ArrayList<Named>();
        var slots = new ArrayList<Slot>();
        for (var component : described.components()) {
            names.add(Named.fromString(component.json()));
            slots.add(slot(component));
        }
        var kind = type.getAnnotation(Kind.class);
        if (kind != null) {
            names.add(Named.fromString("kind"));
            names.add(Named.fromString("apiVersion"));
        }
        if (names.size() > Long.SIZE) {
            throw new IllegalStateException(type + " has more components than bits in a long");
        }
        return new Plan(
                described,
                slots.toArray(Slot[]::new),
                JsonTokens.factory().constructNameMatcher(names, true),
                kind == null ? null : kindBytes(type, kind),
                type.getSimpleName(),
                type.isAnnotationPresent(Told.class));
    }

    private static byte[] kindBytes(Class<?> type, Kind kind) {
        var version = kind.group().isEmpty() ? kind.version() : kind.group() + "/" + kind.version();
        return new JsonBuffer(64)
                .raw("\"kind\":")
                .string(type.getSimpleName())
                .raw(",\"apiVersion\":")
                .string(version)
                .toBytes();
    }

    private static Slot slot(Component component) {
        var shape = Shape.of(component.type(), component.has(Micros.class));
        var prefix = new JsonBuffer(24).string(component.json()).raw(':').toBytes();
        return new Slot(component, shape, prefix, always(component, shape));
    }

    private static boolean always(Component component, Shape shape) {
        if (component.has(OmitEmpty.class)) {
            return false;
        }
        if (component.has(Always.class)) {
            return true;
        }
        var required = component.has(Required.class);
        return switch (shape.tag()) {
            case RECORD, QUANTITY, INT_OR_STRING -> !component.nullable();
            // Null stands for the zero value of these, which Go holds by value.
            case TIME, MICRO_TIME, TREE -> required;
            case TEXT, INT32, INT64, BOOL, FLOAT64, BYTES, LIST, MAP ->
                    required && !component.nullable();
        };
    }
}
