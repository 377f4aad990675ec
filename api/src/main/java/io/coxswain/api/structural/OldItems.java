package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The old items of a list of type `map`, by their keys; of any other list no item has an old self.
public final class OldItems {

    private final List<String> keys;
    private final Structural item;
    private final Map<List<Json>, Json> byKeys = new HashMap<>();

    private OldItems(List<String> keys, Structural item) {
        this.keys = keys;
        this.item = item;
    }

    public static OldItems of(Json.Arr old, Structural list) {
        var inner = list.items();
        var known =
                new OldItems(
                        list.listType().equals("map") ? list.listMapKeys() : List.of(),
                        inner == null ? Structural.EMPTY : inner);
        if (!known.keys.isEmpty()) {
            old.items().forEach(each -> known.byKeys.putIfAbsent(known.keysOf(each), each));
        }
        return known;
    }

    /// The item that `value` replaces, or null.
    public @Nullable Json of(Json value) {
        return keys.isEmpty() ? null : byKeys.get(keysOf(value));
    }

    private List<Json> keysOf(Json value) {
        var values = new ArrayList<Json>(keys.size());
        for (var key : keys) {
            var own = value instanceof Json.Obj object ? object.get(key) : null;
            var property = item.properties().get(key);
            var preset = property == null ? null : property.defaultValue();
            values.add(own != null ? own : preset != null ? preset : Json.NULL);
        }
        return values;
    }
}
