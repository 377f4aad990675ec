package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drops the fields that a schema does not know.
///
/// Kind, version and metadata of the object itself, and of objects embedded in it, always stay:
/// they are not the schema's business.
@SuppressWarnings("ReferenceEquality") // What nothing is dropped from stays the same instance.
public final class Pruning {

    private static final Set<String> META = Set.of("apiVersion", "kind", "metadata");

    private final Consumer<String> unknown;

    private Pruning(Consumer<String> unknown) {
        this.unknown = unknown;
    }

    /// @param unknown is told the path of every field that is dropped: `spec.list[0].typo`
    public static Json.Obj prune(Json.Obj object, Structural schema, Consumer<String> unknown) {
        return new Pruning(unknown).object(object, schema, true, "");
    }

    /// A value somewhere below the root; returns the same instance when nothing is dropped.
    public static Json value(Json value, Structural schema) {
        return new Pruning(path -> {}).any(value, schema, "");
    }

    private Json any(Json value, @Nullable Structural schema, String path) {
        return switch (value) {
            case Json.Obj object -> object(object, schema, false, path);
            case Json.Arr list -> list(list, schema, path);
            case Json.Str s -> s;
            case Json.Int i -> i;
            case Json.Real r -> r;
            case Json.Bool b -> b;
            case Json.Null n -> n;
        };
    }

    private Json.Obj object(
            Json.Obj object, @Nullable Structural schema, boolean root, String path) {
        var meta = root || (schema != null && schema.embedded());
        var left = new LinkedHashMap<String, Json>();
        var changed = false;
        for (var field : object.fields().entrySet()) {
            var name = field.getKey();
            var value = field.getValue();
            if (meta && META.contains(name)) {
                left.put(name, value);
                continue;
            }
            var inner = path.isEmpty() ? name : path + "." + name;
            var kept = field(name, value, schema, inner);
            if (kept == null) {
                unknown.accept(inner);
                changed = true;
                continue;
            }
            changed |= kept != value;
            left.put(name, kept);
        }
        return changed ? new Json.Obj(left) : object;
    }

    /// What stays of a field; null when it goes.
    private @Nullable Json field(
            String name, Json value, @Nullable Structural schema, String path) {
        if (schema == null) {
            return null;
        }
        var property = schema.properties().get(name);
        if (property != null) {
            return any(value, property, path);
        }
        if (schema.hasAdditional()) {
            return any(value, schema.additional(), path);
        }
        return schema.preserveUnknown() ? value : null;
    }

    private Json list(Json.Arr list, @Nullable Structural schema, String path) {
        if (schema != null && schema.preserveUnknown() && schema.items() == null) {
            return list;
        }
        var items = schema == null ? null : schema.items();
        List<Json> left = new ArrayList<>(list.items().size());
        var changed = false;
        for (var item : list.items()) {
            var kept = any(item, items, path + "[" + left.size() + "]");
            changed |= kept != item;
            left.add(kept);
        }
        return changed ? new Json.Arr(left) : list;
    }
}
