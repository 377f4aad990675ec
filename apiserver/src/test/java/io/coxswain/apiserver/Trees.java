package io.coxswain.apiserver;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Looks into JSON trees.
final class Trees {

    private Trees() {}

    /// The text of a value; `""` for one that is missing.
    static String at(Json tree, String... path) {
        Json found = tree;
        for (var step : path) {
            found = child(found, step);
            if (found == null) {
                return "";
            }
        }
        return found instanceof Json.Str(var text)
                ? text
                : new String(JsonWriter.write(found), StandardCharsets.UTF_8);
    }

    private static @Nullable Json child(Json parent, String step) {
        return switch (parent) {
            case Json.Obj object -> object.get(step);
            case Json.Arr(var items) -> {
                var index = Integer.parseInt(step);
                yield index < items.size() ? items.get(index) : null;
            }
            case Json.Str text -> null;
            case Json.Int number -> null;
            case Json.Real number -> null;
            case Json.Bool flag -> null;
            case Json.Null nothing -> null;
        };
    }
}
