package io.coxswain.api.patch;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The order of a merged list: items of the patch as the patch has them, the server's own items as
/// the server had them, and the two woven together where the server knew both.
///
/// Server `[a, b]` with patch `[c]` gives `[c, a, b]`; with `[b, c]` it gives `[a, b, c]`.
///
/// @param key the merge key; empty for scalars, which are their own key
record ListOrder(String key) {

    static ListOrder of(String key) {
        return new ListOrder(key);
    }

    static boolean same(Json item, String key, Json value) {
        return item instanceof Json.Obj map && value.equals(map.get(key));
    }

    private Json identity(Json item) {
        if (!key.isEmpty() && item instanceof Json.Obj map) {
            var value = map.get(key);
            return value == null ? Json.NULL : value;
        }
        return item;
    }

    private Map<Json, Integer> positions(List<Json> order) {
        var positions = new HashMap<Json, Integer>();
        for (var item : order) {
            positions.putIfAbsent(identity(item), positions.size());
        }
        return positions;
    }

    List<Json> arrange(List<Json> merged, List<Json> patchOrder, List<Json> serverOrder) {
        var byPatch = positions(patchOrder);
        var byServer = positions(serverOrder);
        var patched = new ArrayList<Json>();
        var own = new ArrayList<Json>();
        for (var item : merged) {
            (byPatch.containsKey(identity(item)) ? patched : own).add(item);
        }
        patched.sort(Comparator.comparingInt(item -> byPatch.getOrDefault(identity(item), -1)));
        own.sort(Comparator.comparingInt(item -> byServer.getOrDefault(identity(item), -1)));
        var result = new ArrayList<Json>(merged.size());
        var next = 0;
        for (var item : patched) {
            var position = byServer.get(identity(item));
            while (position != null
                    && next < own.size()
                    && byServer.getOrDefault(identity(own.get(next)), Integer.MAX_VALUE)
                            < position) {
                result.add(own.get(next++));
            }
            result.add(item);
        }
        result.addAll(own.subList(next, own.size()));
        return result;
    }
}
