package io.coxswain.apiserver.cel;

import io.coxswain.api.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object an expression has written down: `Object.spec{replicas: 3}`.
///
/// @param fields by name, in the order they were written
public record ObjectLiteral(String typeName, Map<String, Object> fields) implements Selectable {

    @Override
    public @Nullable Object select(String field) {
        return fields.get(field);
    }

    public Json.Obj tree() {
        var tree = new LinkedHashMap<String, Json>();
        fields.forEach((name, value) -> tree.put(name, Values.json(value)));
        return new Json.Obj(tree);
    }
}
