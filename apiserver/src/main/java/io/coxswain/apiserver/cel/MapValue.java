package io.coxswain.apiserver.cel;

import io.coxswain.api.json.Json;
import java.util.AbstractMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a tree as a map, converted as they are asked for.
final class MapValue extends AbstractMap<Object, Object> {

    private final Json.Obj tree;
    private final DeclType type;

    /// @param type of the map, or of the object that is looked at as one
    MapValue(Json.Obj tree, DeclType type) {
        this.tree = tree;
        this.type = type;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        var found = key instanceof String name ? tree.get(name) : null;
        return found == null ? null : Values.of(found, valueType((String) key));
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && tree.get(name) != null;
    }

    @Override
    public int size() {
        return tree.fields().size();
    }

    @Override
    public Set<Object> keySet() {
        return new LinkedHashSet<>(tree.fields().keySet());
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        var entries = new LinkedHashSet<Entry<Object, Object>>();
        tree.fields()
                .forEach((name, value) ->
                        entries.add(
                                new SimpleImmutableEntry<>(
                                        name, Values.of(value, valueType(name)))));
        return entries;
    }

    private DeclType valueType(@Nullable String name) {
        return switch (type) {
            case DeclType.MapOf map -> map.value();
            case DeclType.ObjectOf object -> {
                for (var field : object.fields().values()) {
                    if (field.jsonName().equals(name)) {
                        yield field.type();
                    }
                }
                yield DeclType.DYN;
            }
            case DeclType.Plain _, DeclType.ListOf _, DeclType.OptionalOf _, DeclType.Opaque _ ->
                    DeclType.DYN;
        };
    }
}
