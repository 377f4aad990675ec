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

    /// Refuses an object whose parts are named for another place: `Object.spec` is the type of the
    /// field `spec` of `Object`.
    public void checkNames() {
        fields.forEach((name, value) -> {
            if (value instanceof ObjectLiteral part) {
                var wanted = typeName + "." + name;
                if (!part.typeName.equals(wanted)) {
                    throw new CelFailure(
                            "unexpected type name \""
                                    + part.typeName
                                    + "\", expected \""
                                    + wanted
                                    + "\", which matches field name path from root Object"
                                    + " type");
                }
                part.checkNames();
            }
        });
    }

    public Json.Obj tree() {
        var tree = new LinkedHashMap<String, Json>();
        fields.forEach((name, value) -> tree.put(name, Values.json(value)));
        return new Json.Obj(tree);
    }
}
