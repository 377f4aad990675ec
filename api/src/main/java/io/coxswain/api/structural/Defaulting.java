package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fills in the defaults of a schema. A null where none is allowed counts as absent: it becomes the
/// default, or goes where there is none.
@SuppressWarnings("ReferenceEquality") // What nothing is filled into stays the same instance.
public final class Defaulting {

    private Defaulting() {}

    /// The same instance when there is nothing to fill in.
    public static Json.Obj apply(Json.Obj object, Structural schema) {
        return object(object, schema);
    }

    private static Json any(Json value, @Nullable Structural schema) {
        if (schema == null) {
            return value;
        }
        return switch (value) {
            case Json.Obj object -> object(object, schema);
            case Json.Arr list -> list(list, schema);
            case Json.Str s -> s;
            case Json.Int i -> i;
            case Json.Real r -> r;
            case Json.Bool b -> b;
            case Json.Null n -> n;
        };
    }

    private static Json.Obj object(Json.Obj object, Structural schema) {
        LinkedHashMap<String, Json> filled = null;
        for (var field : object.fields().entrySet()) {
            var name = field.getKey();
            var value = field.getValue();
            var inner = schema.at(name);
            var meant = meant(value, inner);
            var next = meant == null ? null : any(meant, inner);
            if (next != value) {
                filled = filled == null ? new LinkedHashMap<>(object.fields()) : filled;
                if (next == null) {
                    filled.remove(name);
                } else {
                    filled.put(name, next);
                }
            }
        }
        for (var property : schema.properties().entrySet()) {
            var preset = property.getValue().defaultValue();
            if (preset != null && object.get(property.getKey()) == null) {
                filled = filled == null ? new LinkedHashMap<>(object.fields()) : filled;
                filled.put(property.getKey(), any(preset, property.getValue()));
            }
        }
        return filled == null ? object : new Json.Obj(filled);
    }

    private static Json list(Json.Arr list, Structural schema) {
        var inner = schema.items();
        if (inner == null) {
            return list;
        }
        List<Json> filled = new ArrayList<>(list.items().size());
        var changed = false;
        for (var item : list.items()) {
            var meant = meant(item, inner);
            var next = meant == null ? item : any(meant, inner);
            changed |= next != item;
            filled.add(next);
        }
        return changed ? new Json.Arr(filled) : list;
    }

    /// What a value stands for; null where it stands for nothing.
    private static @Nullable Json meant(Json value, @Nullable Structural schema) {
        return value instanceof Json.Null && schema != null && !schema.nullable()
                ? schema.defaultValue()
                : value;
    }
}
