package io.coxswain.api.patch;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Computes strategic merge patches, as `kubectl apply` and `kubectl edit` send them.
public final class StrategicDiff {

    private final boolean changes;
    private final boolean deletions;
    private final boolean order;

    private StrategicDiff(boolean changes, boolean deletions, boolean order) {
        this.changes = changes;
        this.deletions = deletions;
        this.order = order;
    }

    /// The patch that turns `original` into `modified`.
    public static Json.Obj twoWay(Json.Obj original, Json.Obj modified, Schema schema) {
        return Depth.guard(
                () -> new StrategicDiff(true, true, true).maps(original, modified, schema, false));
    }

    /// Additions and changes from `current` to `modified`, deletions from `original` (what was
    /// applied last) to `modified`.
    public static Json.Obj threeWay(
            Json.Obj original, Json.Obj modified, Json.Obj current, Schema schema) {
        return Depth.guard(() -> {
            var delta = new StrategicDiff(true, false, true).maps(current, modified, schema, false);
            var deleted =
                    new StrategicDiff(false, true, true).maps(original, modified, schema, false);
            return StrategicMergePatch.combine(deleted, delta, schema);
        });
    }

    private Json.Obj maps(Json.Obj from, Json.Obj to, Schema schema, boolean retainKeys) {
        var patch = new LinkedHashMap<String, Json>();
        for (var field : from.fields().entrySet()) {
            field(field.getKey(), field.getValue(), to.get(field.getKey()), patch, schema);
        }
        if (changes) {
            to.fields()
                    .forEach((name, value) -> {
                        if (from.get(name) == null) {
                            patch.put(name, value);
                        }
                    });
        }
        var extra = !to.fields().keySet().containsAll(from.fields().keySet());
        if (retainKeys && !to.fields().isEmpty() && (!patch.isEmpty() || extra)) {
            var names = new TreeSet<>(to.fields().keySet());
            patch.put(Directives.RETAIN_KEYS, Json.array(names.stream().map(Json::of).toList()));
        }
        return new Json.Obj(patch);
    }

    private void field(
            String name, Json from, @Nullable Json to, Map<String, Json> patch, Schema schema) {
        if (to == null) {
            if (deletions) {
                patch.put(name, Json.NULL);
            }
            return;
        }
        var inner = schema.at(name);
        if (from instanceof Json.Obj a
                && to instanceof Json.Obj b
                && !inner.merge().has("replace")) {
            var change = maps(a, b, inner, inner.merge().has("retainKeys"));
            if (!change.fields().isEmpty()) {
                patch.put(name, change);
            }
        } else if (from instanceof Json.Arr(var a)
                && to instanceof Json.Arr(var b)
                && inner.merge().has("merge")) {
            lists(name, a, b, inner, patch);
        } else if (changes && !from.equals(to)) {
            patch.put(name, to);
        }
    }

    private void lists(
            String name, List<Json> from, List<Json> to, Schema schema, Map<String, Json> patch) {
        if (from.isEmpty()) {
            if (changes && !to.isEmpty()) {
                patch.put(name, new Json.Arr(to));
            }
            return;
        }
        var key = schema.merge().patchMergeKey();
        if (key.isEmpty()) {
            scalars(name, from, to, patch);
            return;
        }
        var items = items(from, to, schema, key);
        if (!items.isEmpty()) {
            patch.put(name, new Json.Arr(items));
        }
        if (order && (!items.isEmpty() || (changes && !sameOrder(from, to, key)))) {
            var wanted = to.stream().map(item -> keyOnly(item, key)).toList();
            patch.put(Directives.ORDER + name, Json.array(wanted));
        }
    }

    private static Json keyOnly(Json item, String key) {
        var value = item instanceof Json.Obj map ? map.get(key) : null;
        return value == null ? item : Json.object(Map.of(key, value));
    }

    private void scalars(String name, List<Json> from, List<Json> to, Map<String, Json> patch) {
        var added =
                changes
                        ? to.stream().filter(item -> !from.contains(item)).toList()
                        : List.<Json>of();
        var gone =
                deletions ? from.stream().filter(i -> !to.contains(i)).toList() : List.<Json>of();
        if (!added.isEmpty()) {
            patch.put(name, Json.array(added));
        }
        if (!gone.isEmpty()) {
            patch.put(Directives.DELETE_FROM + name, Json.array(gone));
        }
        if (order && (!added.isEmpty() || !gone.isEmpty())) {
            patch.put(Directives.ORDER + name, new Json.Arr(to));
        }
    }

    /// Changed and new items in the order of `to`, then the deletions.
    private List<Json> items(List<Json> from, List<Json> to, Schema schema, String key) {
        var old = byKey(from, key);
        var result = new ArrayList<Json>();
        var seen = byKey(to, key);
        for (var item : seen.entrySet()) {
            var before = old.get(item.getKey());
            if (before == null) {
                if (changes) {
                    result.add(item.getValue());
                }
                continue;
            }
            var retain = schema.merge().has("retainKeys");
            var change = maps(before, item.getValue(), schema.items(), retain);
            if (!change.fields().isEmpty()) {
                result.add(change.with(key, item.getKey()));
            }
        }
        if (deletions) {
            for (var value : old.keySet()) {
                if (!seen.containsKey(value)) {
                    result.add(
                            Json.object(Map.of(key, value))
                                    .with(Directives.PATCH, Json.of("delete")));
                }
            }
        }
        return result;
    }

    private static Map<Json, Json.Obj> byKey(List<Json> items, String key) {
        var result = new LinkedHashMap<Json, Json.Obj>();
        for (var item : items) {
            if (!(item instanceof Json.Obj map)) {
                continue;
            }
            var value = map.get(key);
            if (value == null) {
                throw Directives.noMergeKey(map, key);
            }
            result.put(value, map);
        }
        return result;
    }

    private static boolean sameOrder(List<Json> from, List<Json> to, String key) {
        return List.copyOf(byKey(from, key).keySet()).equals(List.copyOf(byKey(to, key).keySet()));
    }
}
