package io.coxswain.apiserver.cel;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema.ListType;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// The items of a tree's list, converted as they are asked for.
final class ListValue extends AbstractList<Object> implements RandomAccess {

    private final List<Json> items;
    private final DeclType.ListOf type;

    ListValue(List<Json> items, DeclType.ListOf type) {
        this.items = items;
        this.type = type;
    }

    @Override
    public Object get(int index) {
        return Values.of(items.get(index), type.item());
    }

    @Override
    public int size() {
        return items.size();
    }

    ListType listType() {
        return type.listType();
    }

    /// What tells one item of a list of type MAP from the others.
    List<Object> keysOf(int index) {
        var item = items.get(index);
        if (!(item instanceof Json.Obj object)) {
            return List.of();
        }
        return type.keys().stream()
                .<Object>map(key -> object.fields().getOrDefault(key, Json.NULL))
                .toList();
    }
}
