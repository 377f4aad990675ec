package io.coxswain.api.patch;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Strategic merge patch: a merge patch in which lists with a merge key merge item by item, steered
/// by directives (`$patch`, `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`).
public final class StrategicMergePatch {

    private static final StrategicMergePatch APPLY = new StrategicMergePatch(true);
    private static final StrategicMergePatch COMBINE = new StrategicMergePatch(false);

    /// Whether directives are carried out; when two patches are combined they are kept.
    private final boolean carryOut;

    private StrategicMergePatch(boolean carryOut) {
        this.carryOut = carryOut;
    }

    /// The patched object; throws an ApiError for a patch that makes no sense.
    public static Json.Obj apply(Json.Obj original, Json.Obj patch, Schema schema) {
        return Depth.guard(() -> APPLY.map(original, patch, schema));
    }

    /// One patch with the effect of both.
    static Json.Obj combine(Json.Obj first, Json.Obj second, Schema schema) {
        return COMBINE.map(first, second, schema);
    }

    private Json.Obj map(Json.Obj original, Json.Obj patch, Schema schema) {
        var directive = patch.get(Directives.PATCH);
        if (directive != null) {
            return directed(directive, patch);
        }
        var result = new LinkedHashMap<>(original.fields());
        var changes = new LinkedHashMap<>(patch.fields());
        retainKeys(result, changes);
        order(result, changes, schema);
        for (var change : changes.entrySet()) {
            var name = change.getKey();
            if (!name.startsWith(Directives.DELETE_FROM)) {
                field(result, name, change.getValue(), schema);
            } else if (carryOut) {
                deleteFrom(result, name, change.getValue());
            } else {
                result.put(name, change.getValue());
            }
        }
        return new Json.Obj(result);
    }

    private static Json.Obj directed(Json directive, Json.Obj patch) {
        if (directive instanceof Json.Str(var word)) {
            if (word.equals("replace")) {
                return patch.without(Directives.PATCH);
            }
            if (word.equals("delete")) {
                return Json.EMPTY;
            }
        }
        throw Directives.unknown(directive, patch);
    }

    private void field(Map<String, Json> result, String name, Json change, Schema schema) {
        if (change instanceof Json.Null && carryOut) {
            result.remove(name);
            return;
        }
        var old = result.get(name);
        var inner = schema.at(name);
        if (old instanceof Json.Obj a && change instanceof Json.Obj b) {
            result.put(name, inner.merge().has("replace") ? b : map(a, b, inner));
        } else if (old instanceof Json.Arr(var a) && change instanceof Json.Arr(var b)) {
            result.put(name, new Json.Arr(list(a, b, inner)));
        } else {
            result.put(name, carryOut ? Directives.plain(change) : change);
        }
    }

    private static void deleteFrom(Map<String, Json> result, String name, Json change) {
        var list = name.substring(Directives.DELETE_FROM.length());
        if (result.get(list) instanceof Json.Arr(var items)
                && change instanceof Json.Arr(var deleted)) {
            var gone = new HashSet<>(deleted);
            result.put(list, Json.array(items.stream().filter(i -> !gone.contains(i)).toList()));
        }
    }

    /// `$retainKeys`: fields that are not named go away.
    private void retainKeys(Map<String, Json> result, Map<String, Json> changes) {
        var directive = changes.remove(Directives.RETAIN_KEYS);
        if (directive == null) {
            return;
        }
        if (!(directive instanceof Json.Arr(var names))) {
            throw Errors.badRequest("invalid patch format of retainKeys");
        }
        var kept = new HashSet<>(names);
        changes.forEach((name, value) -> {
            if (!(value instanceof Json.Null)
                    && !name.startsWith(Directives.DELETE_FROM)
                    && !name.startsWith(Directives.ORDER)
                    && !kept.contains(Json.of(name))) {
                throw Errors.badRequest("invalid patch format of retainKeys");
            }
        });
        if (carryOut) {
            result.keySet().removeIf(name -> !kept.contains(Json.of(name)));
        } else {
            result.put(Directives.RETAIN_KEYS, directive);
        }
    }

    /// `$setElementOrder/x`: merges the list `x` now and brings it into the order given.
    private void order(Map<String, Json> result, Map<String, Json> changes, Schema schema) {
        for (var name : List.copyOf(changes.keySet())) {
            if (!name.startsWith(Directives.ORDER)) {
                continue;
            }
            var directive = changes.remove(name);
            if (!(directive instanceof Json.Arr(var wanted))) {
                throw Errors.badRequest("expected a list for " + name);
            }
            if (!carryOut) {
                result.put(name, directive);
                continue;
            }
            var list = name.substring(Directives.ORDER.length());
            var inner = schema.at(list);
            var key = inner.merge().patchMergeKey();
            var old = result.get(list) instanceof Json.Arr(var items) ? items : List.<Json>of();
            var change = changes.remove(list);
            if (change instanceof Json.Null) {
                result.remove(list);
                continue;
            }
            var added = change instanceof Json.Arr(var items) ? items : List.<Json>of();
            var merged = list(old, added, inner);
            if (!merged.isEmpty() || result.containsKey(list) || change != null) {
                result.put(list, new Json.Arr(ListOrder.of(key).arrange(merged, wanted, old)));
            }
        }
    }

    private List<Json> list(List<Json> original, List<Json> patch, Schema schema) {
        if (!schema.merge().has("merge")) {
            return carryOut ? ((Json.Arr) Directives.plain(new Json.Arr(patch))).items() : patch;
        }
        var key = schema.merge().patchMergeKey();
        if (key.isEmpty()) {
            var both = new LinkedHashMap<Json, Boolean>();
            original.forEach(item -> both.put(item, true));
            patch.forEach(item -> both.put(item, true));
            return ListOrder.of(key).arrange(List.copyOf(both.keySet()), patch, original);
        }
        return maps(original, patch, schema, key);
    }

    private List<Json> maps(List<Json> original, List<Json> patch, Schema schema, String key) {
        var kept = new ArrayList<>(original);
        var changes = new ArrayList<Json.Obj>();
        var replace = false;
        for (var item : patch) {
            if (!(item instanceof Json.Obj map)) {
                throw Errors.badRequest("expected a map in a list with merge key " + key);
            }
            var directive = map.get(Directives.PATCH);
            if (directive == null) {
                changes.add(map);
            } else if (directive.equals(Json.of("replace"))) {
                replace = true;
            } else if (!directive.equals(Json.of("delete"))) {
                throw Directives.unknown(directive, map);
            } else {
                var value = keyOf(map, key);
                kept.removeIf(old -> ListOrder.same(old, key, value));
            }
        }
        if (replace) {
            return List.copyOf(changes);
        }
        var merged = new ArrayList<>(kept);
        for (var change : changes) {
            mergeItem(merged, change, schema, key);
        }
        return ListOrder.of(key).arrange(merged, List.copyOf(changes), kept);
    }

    private void mergeItem(List<Json> merged, Json.Obj change, Schema schema, String key) {
        var value = keyOf(change, key);
        for (var i = 0; i < merged.size(); i++) {
            if (merged.get(i) instanceof Json.Obj old && ListOrder.same(old, key, value)) {
                merged.set(i, map(old, change, schema.items()));
                return;
            }
        }
        merged.add(carryOut ? Directives.plain(change) : change);
    }

    private static Json keyOf(Json.Obj map, String key) {
        var value = map.get(key);
        if (value == null) {
            throw Directives.noMergeKey(map, key);
        }
        return value;
    }
}
