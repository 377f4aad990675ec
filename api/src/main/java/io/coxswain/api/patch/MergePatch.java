package io.coxswain.api.patch;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.Errors;
import java.util.LinkedHashMap;

/// JSON merge patch (RFC 7386): objects merge, null removes, anything else replaces.
public final class MergePatch {

    private MergePatch() {}

    /// Reads a patch, which must be an object.
    public static Json.Obj read(byte[] patch) {
        try {
            return JsonReader.readObject(patch);
        } catch (DecodeError e) {
            throw Errors.badRequest("error decoding patch: " + e.getMessage());
        }
    }

    public static Json.Obj apply(Json.Obj target, Json.Obj patch) {
        return Depth.guard(() -> merge(target, patch));
    }

    private static Json.Obj merge(Json.Obj target, Json.Obj patch) {
        var fields = new LinkedHashMap<>(target.fields());
        for (var change : patch.fields().entrySet()) {
            switch (change.getValue()) {
                case Json.Null n -> fields.remove(change.getKey());
                case Json.Obj inner ->
                        fields.put(change.getKey(), merge(target.object(change.getKey()), inner));
                case Json value -> fields.put(change.getKey(), value);
            }
        }
        return new Json.Obj(fields);
    }

    /// The merge patch that turns `from` into `to`.
    public static Json.Obj diff(Json.Obj from, Json.Obj to) {
        return Depth.guard(() -> difference(from, to, true, true));
    }

    /// The patch `kubectl apply` sends where it knows no schema: additions and changes from
    /// `current` to `modified`, deletions from `original` (what was applied last) to `modified`.
    public static Json.Obj threeWay(Json.Obj original, Json.Obj modified, Json.Obj current) {
        return Depth.guard(() -> {
            var changes = difference(current, modified, true, false);
            var deletions = difference(original, modified, false, true);
            return combine(deletions, changes);
        });
    }

    private static Json.Obj difference(
            Json.Obj from, Json.Obj to, boolean changes, boolean deletions) {
        var patch = new LinkedHashMap<String, Json>();
        for (var field : from.fields().entrySet()) {
            var name = field.getKey();
            var after = to.get(name);
            if (after == null) {
                if (deletions) {
                    patch.put(name, Json.NULL);
                }
            } else if (field.getValue() instanceof Json.Obj a && after instanceof Json.Obj b) {
                var inner = difference(a, b, changes, deletions);
                if (!inner.fields().isEmpty()) {
                    patch.put(name, inner);
                }
            } else if (changes && !field.getValue().equals(after)) {
                patch.put(name, after);
            }
        }
        if (changes) {
            to.fields()
                    .forEach((name, value) -> {
                        if (from.get(name) == null) {
                            patch.put(name, value);
                        }
                    });
        }
        return new Json.Obj(patch);
    }

    /// Two patches as one; unlike in applying, a null stays.
    private static Json.Obj combine(Json.Obj first, Json.Obj second) {
        var fields = new LinkedHashMap<>(first.fields());
        second.fields()
                .forEach((name, value) -> {
                    var both =
                            value instanceof Json.Obj b && fields.get(name) instanceof Json.Obj a
                                    ? combine(a, b)
                                    : value;
                    fields.put(name, both);
                });
        return new Json.Obj(fields);
    }
}
