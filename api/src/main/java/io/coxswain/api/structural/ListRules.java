package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The items of a list of type `set` differ, those of a list of type `map` have different keys.
public final class ListRules {

    private ListRules() {}

    public static void check(Json value, @Nullable Structural schema, FieldErrors errors) {
        if (schema == null) {
            return;
        }
        switch (value) {
            case Json.Obj(var fields) ->
                    fields.forEach((name, field) -> {
                        var known = schema.properties().containsKey(name);
                        var at = known ? errors.at(name) : errors.key(name);
                        check(field, schema.at(name), at);
                    });
            case Json.Arr(var items) -> {
                list(items, schema, errors);
                for (var i = 0; i < items.size(); i++) {
                    check(items.get(i), schema.items(), errors.at(i));
                }
            }
            case Json.Str s -> {}
            case Json.Int i -> {}
            case Json.Real r -> {}
            case Json.Bool b -> {}
            case Json.Null n -> {}
        }
    }

    private static void list(List<Json> items, Structural schema, FieldErrors errors) {
        switch (schema.listType()) {
            case "set" -> repeated(items, errors);
            case "map" -> map(items, schema, errors);
            default -> {}
        }
    }

    private static void map(List<Json> items, Structural schema, FieldErrors errors) {
        List<Json> keys = new ArrayList<>(items.size());
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            if (!(item instanceof Json.Obj) && !(item instanceof Json.Null)) {
                errors.at(i).invalid(item, "must be an object for an array of list-type map");
                return;
            }
            var key = new LinkedHashMap<String, Json>();
            for (var name : schema.listMapKeys()) {
                var part = item instanceof Json.Obj object ? object.get(name) : null;
                if (part != null) {
                    key.put(name, part);
                }
            }
            keys.add(new Json.Obj(key));
        }
        repeated(keys, errors);
    }

    /// Reports the second appearance of everything that appears more than once.
    private static void repeated(List<Json> items, FieldErrors errors) {
        var seen = new HashMap<Json, Integer>();
        for (var i = 0; i < items.size(); i++) {
            if (seen.merge(items.get(i), 1, Integer::sum) == 2) {
                errors.at(i).duplicate(items.get(i));
            }
        }
    }
}
