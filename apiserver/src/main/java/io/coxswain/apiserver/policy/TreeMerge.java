package io.coxswain.apiserver.policy;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Lays what an apply configuration says over an object, as server-side apply does: objects and
/// maps field by field, lists with keys item by item, sets united, all else replaced.
final class TreeMerge {

    private TreeMerge() {}

    static Json.Obj merge(Json.Obj base, Json.Obj over, Schema schema) {
        var fields = new LinkedHashMap<>(base.fields());
        over.fields()
                .forEach((name, value) -> {
                    var before = fields.get(name);
                    fields.put(
                            name, before == null ? value : merge(before, value, schema.at(name)));
                });
        return new Json.Obj(fields);
    }

    private static Json merge(Json base, Json over, Schema schema) {
        if (base instanceof Json.Obj a && over instanceof Json.Obj b && !schema.merge().atomic()) {
            return merge(a, b, schema);
        }
        if (base instanceof Json.Arr(var a) && over instanceof Json.Arr(var b)) {
            return switch (schema.merge().listType()) {
                case ATOMIC -> over;
                case SET -> union(a, b);
                case MAP -> keyed(a, b, schema);
            };
        }
        return over;
    }

    private static Json union(List<Json> base, List<Json> over) {
        var all = new ArrayList<>(base);
        over.stream().filter(item -> !base.contains(item)).forEach(all::add);
        return new Json.Arr(all);
    }

    private static Json keyed(List<Json> base, List<Json> over, Schema schema) {
        var keys = schema.merge().keys();
        var all = new ArrayList<>(base);
        for (var item : over) {
            var at = -1;
            for (var i = 0; i < all.size(); i++) {
                if (key(all.get(i), keys, schema).equals(key(item, keys, schema))) {
                    at = i;
                    break;
                }
            }
            if (at < 0) {
                all.add(item);
            } else {
                all.set(at, merge(all.get(at), item, schema.items()));
            }
        }
        return new Json.Arr(all);
    }

    /// An absent key has its default, as the protocol of a port.
    private static List<Json> key(Json item, List<String> keys, Schema schema) {
        if (!(item instanceof Json.Obj object)) {
            return List.of(item);
        }
        return keys.stream()
                .map(name -> {
                    var value = object.get(name);
                    var otherwise = schema.items().at(name).defaultValue();
                    return value != null ? value : otherwise != null ? otherwise : Json.NULL;
                })
                .toList();
    }
}
