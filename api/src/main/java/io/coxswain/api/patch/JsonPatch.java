package io.coxswain.api.patch;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON patch (RFC 6902), with the limits and answers of upstream.
///
/// @param operations each with `op`, `path`, and `value` or `from`
public record JsonPatch(List<Json> operations) {

    private static final int OPERATIONS_MAX = 10_000;

    /// What `copy` operations of one patch may add up to.
    private static final long COPIED_BYTES_MAX = 3 * 1024 * 1024;

    public static JsonPatch read(byte[] patch) {
        try {
            var json = JsonReader.read(patch);
            if (json instanceof Json.Null) {
                return new JsonPatch(List.of());
            }
            if (!(json instanceof Json.Arr(var operations))) {
                throw new DecodeError(
                        "json: cannot unmarshal "
                                + JsonReader.typeName(json)
                                + " into Go value of type jsonpatch.Patch");
            }
            if (operations.size() > OPERATIONS_MAX) {
                throw Errors.tooLarge(
                        "Request entity too large: The allowed maximum operations in a"
                                + " JSON patch is "
                                + OPERATIONS_MAX
                                + ", got "
                                + operations.size());
            }
            return new JsonPatch(operations);
        } catch (DecodeError e) {
            throw Errors.badRequest(e.getMessage());
        }
    }

    /// Applies all operations or, when one cannot be applied, throws.
    public Json apply(Json target) {
        return Depth.guard(() -> {
            var result = target;
            var copied = 0L;
            for (var operation : operations) {
                if (!(operation instanceof Json.Obj step)) {
                    throw rejected();
                }
                if (step.text("op").equals("copy")) {
                    copied += JsonWriter.write(find(result, path(step, "from"))).length;
                    if (copied > COPIED_BYTES_MAX) {
                        throw rejected();
                    }
                }
                result = apply(result, step);
            }
            return result;
        });
    }

    private static Json apply(Json target, Json.Obj step) {
        var path = path(step, "path");
        return switch (step.text("op")) {
            case "add" -> put(target, path, 0, value(step), false);
            case "replace" -> put(target, path, 0, value(step), true);
            case "remove" -> remove(target, path, 0);
            case "test" -> {
                if (!test(target, path, step.get("value"))) {
                    throw rejected();
                }
                yield target;
            }
            case "copy" -> put(target, path, 0, find(target, path(step, "from")), false);
            case "move" -> {
                var from = path(step, "from");
                var moved = find(target, from);
                yield put(remove(target, from, 0), path, 0, moved, false);
            }
            default -> throw rejected();
        };
    }

    private static Json value(Json.Obj step) {
        var value = step.get("value");
        return value == null ? Json.NULL : value;
    }

    private static boolean test(Json target, List<String> path, @Nullable Json expected) {
        var found = search(target, path);
        if (found == null || found instanceof Json.Null) {
            return expected == null || expected instanceof Json.Null;
        }
        return found.equals(expected);
    }

    private static List<String> path(Json.Obj step, String field) {
        if (!(step.get(field) instanceof Json.Str(var text))
                || (!text.isEmpty() && !text.startsWith("/"))) {
            throw rejected();
        }
        var parts = new ArrayList<String>();
        if (!text.isEmpty()) {
            for (var part : text.substring(1).split("/", -1)) {
                parts.add(part.replace("~1", "/").replace("~0", "~"));
            }
        }
        return parts;
    }

    private static Json find(Json target, List<String> path) {
        var found = search(target, path);
        if (found == null) {
            throw rejected();
        }
        return found;
    }

    private static @Nullable Json search(Json target, List<String> path) {
        var at = target;
        for (var part : path) {
            var next =
                    switch (at) {
                        case Json.Obj(var fields) -> fields.get(part);
                        case Json.Arr(var items) -> {
                            var index = index(part, items.size());
                            yield index < items.size() ? items.get(index) : null;
                        }
                        case Json scalar -> null;
                    };
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /// What is replaced in an object need not be there: upstream sets it as well, and clients rely
    /// on it.
    private static Json put(Json at, List<String> path, int depth, Json value, boolean replace) {
        if (depth == path.size()) {
            return value;
        }
        var part = path.get(depth);
        var last = depth == path.size() - 1;
        return switch (at) {
            case Json.Obj object -> {
                var old = object.get(part);
                if (old == null && !last) {
                    throw rejected();
                }
                yield object.with(
                        part, old == null ? value : put(old, path, depth + 1, value, replace));
            }
            case Json.Arr(var items) -> {
                var copy = new ArrayList<>(items);
                if (last && !replace) {
                    copy.add(
                            part.equals("-") ? items.size() : index(part, items.size() + 1), value);
                } else {
                    var index = index(part, items.size());
                    copy.set(index, put(items.get(index), path, depth + 1, value, replace));
                }
                yield new Json.Arr(copy);
            }
            case Json scalar -> throw rejected();
        };
    }

    private static Json remove(Json at, List<String> path, int depth) {
        if (depth == path.size()) {
            throw rejected();
        }
        var part = path.get(depth);
        var last = depth == path.size() - 1;
        return switch (at) {
            case Json.Obj(var fields) -> {
                var old = fields.get(part);
                if (old == null) {
                    throw rejected();
                }
                var copy = new LinkedHashMap<>(fields);
                if (last) {
                    copy.remove(part);
                } else {
                    copy.put(part, remove(old, path, depth + 1));
                }
                yield new Json.Obj(copy);
            }
            case Json.Arr(var items) -> {
                var index = index(part, items.size());
                var copy = new ArrayList<>(items);
                if (last) {
                    copy.remove(index);
                } else {
                    copy.set(index, remove(items.get(index), path, depth + 1));
                }
                yield new Json.Arr(copy);
            }
            case Json scalar -> throw rejected();
        };
    }

    /// An index below `size`; negative ones count from the end.
    private static int index(String part, int size) {
        if (!part.matches("-?[0-9]{1,9}")) {
            throw rejected();
        }
        var number = Integer.parseInt(part);
        var index = number < 0 ? size + number : number;
        if (index < 0 || index >= size) {
            throw rejected();
        }
        return index;
    }

    /// Upstream does not say which operation failed, nor why.
    private static ApiError rejected() {
        return Errors.of(
                422,
                "Invalid",
                "the server rejected our request due to an error in our request",
                new StatusDetails("", "", "", "", List.of(), 0));
    }
}
