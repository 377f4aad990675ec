package io.coxswain.apiserver.cel;

import io.coxswain.api.json.Json;
import org.jspecify.annotations.Nullable;

/// An object of a declared type, read in place.
record ObjectValue(Json.Obj tree, DeclType.ObjectOf type) implements Selectable {

    @Override
    public @Nullable Object select(String name) {
        var field = type.field(name);
        if (field == null) {
            return null;
        }
        var value = tree.get(field.jsonName());
        return value == null ? null : Values.of(value, field.type());
    }

    @Override
    public String typeName() {
        return type.name();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectValue(var otherTree, var _)
                && Values.equal(new MapValue(tree, type), new MapValue(otherTree, type));
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }
}
