package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks a value against its schema, in the words of upstream's OpenAPI validator.
///
/// What was wrong before may stay: a part that equals its old self is not complained about
/// (upstream's ratcheting). Old and new items of a list correspond only where the list is a map.
public final class ValueCheck {

    private ValueCheck() {}

    /// Reports what is wrong with `value` at `errors`; paths in messages start below it.
    public static void check(Json value, Structural schema, FieldErrors errors) {
        for (var finding : find(value, schema, "")) {
            finding.report(errors);
        }
    }

    /// The same for a value that replaces `old`, which is null where there was none.
    public static void checkUpdate(
            @Nullable Json old, Json value, Structural schema, FieldErrors errors) {
        for (var finding : updated(old, value, schema, "")) {
            finding.report(errors);
        }
    }

    static List<Finding> find(Json value, Structural schema, String path) {
        return updated(null, value, schema, path);
    }

    private static List<Finding> updated(
            @Nullable Json old, Json value, Structural schema, String path) {
        var found = new ArrayList<Finding>();
        TypeRules.check(value, schema, path, found);
        if (value instanceof Json.Null) {
            ScalarRules.checkEnum(value, schema, path, found);
        } else {
            Alternatives.check(value, schema, path, found);
            ScalarRules.check(value, schema, path, found);
            parts(old, value, schema, path, found);
        }
        return !found.isEmpty() && old != null && old.equals(value) ? List.of() : found;
    }

    private static void parts(
            @Nullable Json old, Json value, Structural schema, String path, List<Finding> found) {
        switch (value) {
            case Json.Obj object ->
                    object(old instanceof Json.Obj o ? o : null, object, schema, path, found);
            case Json.Arr list ->
                    list(old instanceof Json.Arr o ? o : null, list, schema, path, found);
            case Json.Str s -> {}
            case Json.Int i -> {}
            case Json.Real r -> {}
            case Json.Bool b -> {}
            case Json.Null n -> {}
        }
    }

    private static void object(
            Json.@Nullable Obj old,
            Json.Obj value,
            Structural schema,
            String path,
            List<Finding> found) {
        var rules = schema.rules();
        var size = value.fields().size();
        var min = rules.minProperties();
        if (min != null && size < min) {
            found.add(
                    Finding.invalid(
                            path,
                            Json.of(size),
                            path + " in body should have at least " + min + " properties"));
            return;
        }
        var max = rules.maxProperties();
        if (max != null && size > max) {
            found.add(new Finding.TooMany(path, size, max.intValue()));
            return;
        }
        value.fields()
                .forEach((name, field) -> {
                    var inner = schema.at(name);
                    var known = schema.properties().containsKey(name);
                    var below = path.isEmpty() && known ? name : path + "." + name;
                    if (inner != null) {
                        found.addAll(
                                updated(old == null ? null : old.get(name), field, inner, below));
                    } else if (schema.forbidsAdditional()) {
                        found.add(
                                Finding.invalid(
                                        path,
                                        Json.of(name),
                                        below + " in body is a forbidden property"));
                    }
                });
        for (var name : schema.required()) {
            if (value.get(name) == null) {
                found.add(new Finding.Required(path + "." + name));
            }
        }
    }

    private static void list(
            Json.@Nullable Arr old,
            Json.Arr value,
            Structural schema,
            String path,
            List<Finding> found) {
        var items = value.items();
        var inner = schema.items();
        if (inner != null) {
            var before = old == null ? null : OldItems.of(old, schema);
            for (var i = 0; i < items.size(); i++) {
                var item = items.get(i);
                var same = before == null ? null : before.of(item);
                found.addAll(updated(same, item, inner, path + "[" + i + "]"));
            }
        }
        var size = items.size();
        var min = schema.rules().minItems();
        if (min != null && size < min) {
            found.add(
                    Finding.invalid(
                            path,
                            Json.of(size),
                            path + " in body should have at least " + min + " items"));
        }
        var max = schema.rules().maxItems();
        if (max != null && size > max) {
            found.add(new Finding.TooMany(path, size, max.intValue()));
        }
    }
}
