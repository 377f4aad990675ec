package io.coxswain.cli.server;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ways through a tree that is what it is: nothing is assumed to be there.
public final class Trees {

    private Trees() {}

    /// The value as an object; the empty one when it is something else.
    public static Json.Obj object(@Nullable Json value) {
        return value instanceof Json.Obj object ? object : Json.EMPTY;
    }

    /// The object at a path of field names.
    public static Json.Obj object(Json.Obj from, String... path) {
        var at = from;
        for (var name : path) {
            at = at.object(name);
        }
        return at;
    }

    /// The value at a dotted path, or null.
    public static @Nullable Json at(Json.Obj from, String path) {
        Json at = from;
        for (var name : path.split("\\.")) {
            at = at instanceof Json.Obj object ? object.get(name) : null;
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /// The scalar at a dotted path as text, or `""`.
    public static String text(Json.Obj from, String path) {
        return text(at(from, path));
    }

    /// A scalar as Go's `%v` shows it; `""` for nothing.
    public static String text(@Nullable Json value) {
        return switch (value) {
            case Json.Str(var text) -> text;
            case Json.Int(var number) -> Long.toString(number);
            case Json.Bool(var truth) -> Boolean.toString(truth);
            case Json.Real(var number) ->
                    number == Math.rint(number) && Math.abs(number) < 1e15
                            ? Long.toString((long) number)
                            : Double.toString(number);
            case Json.Null n -> "";
            case Json.Obj o -> "";
            case Json.Arr a -> "";
            case null -> "";
        };
    }

    public static long number(Json.Obj from, String path, long otherwise) {
        return at(from, path) instanceof Json.Int(var number) ? number : otherwise;
    }

    public static boolean flag(Json.Obj from, String path) {
        return at(from, path) instanceof Json.Bool(var truth) && truth;
    }

    /// The objects of the list at a dotted path.
    public static List<Json.Obj> objects(Json.Obj from, String path) {
        var found = new ArrayList<Json.Obj>();
        if (at(from, path) instanceof Json.Arr(var items)) {
            for (var item : items) {
                if (item instanceof Json.Obj object) {
                    found.add(object);
                }
            }
        }
        return found;
    }

    /// The texts of the list at a dotted path.
    public static List<String> texts(Json.Obj from, String path) {
        return at(from, path) instanceof Json.Arr(var items)
                ? items.stream().map(Trees::text).toList()
                : List.of();
    }

    /// The fields of the object at a dotted path, as texts.
    public static Map<String, String> map(Json.Obj from, String path) {
        var found = new LinkedHashMap<String, String>();
        if (at(from, path) instanceof Json.Obj(var fields)) {
            fields.forEach((name, value) -> found.put(name, text(value)));
        }
        return found;
    }

    public static String name(Json.Obj object) {
        return object.object("metadata").text("name");
    }

    public static String namespace(Json.Obj object) {
        return object.object("metadata").text("namespace");
    }

    /// `from` with the value at a dotted path replaced, objects on the way being made.
    public static Json.Obj set(Json.Obj from, String path, Json value) {
        var dot = path.indexOf('.');
        if (dot < 0) {
            return from.with(path, value);
        }
        var name = path.substring(0, dot);
        return from.with(name, set(from.object(name), path.substring(dot + 1), value));
    }

    /// An object of names and values.
    public static Json.Obj of(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Json>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], value(namesAndValues[i + 1]));
        }
        return new Json.Obj(fields);
    }

    /// A list of texts.
    public static Json.Arr list(List<String> texts) {
        return Json.array(texts.stream().map(Json::of).toList());
    }

    /// An object of texts.
    public static Json.Obj strings(Map<String, String> texts) {
        var fields = new LinkedHashMap<String, Json>();
        texts.forEach((name, text) -> fields.put(name, Json.of(text)));
        return new Json.Obj(fields);
    }

    private static Json value(Object value) {
        return switch (value) {
            case Json json -> json;
            case String text -> Json.of(text);
            case Boolean truth -> Json.of(truth);
            case Number number -> Json.of(number.longValue());
            default -> throw new IllegalArgumentException("no JSON: " + value);
        };
    }
}
