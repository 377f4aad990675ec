package io.coxswain.api.fields;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One step of a path, in the form it is stored: a field `f:name`, a list item by its keys
/// `k:{"name":"web"}` or by its value `v:"tcp"`, or by position `i:0`.
public record Element(String text) implements Comparable<Element> {

    private static final String KINDS = "fkvi";

    public static Element field(String name) {
        return new Element("f:" + name);
    }

    /// Reads the stored form; throws [DecodeError].
    static Element parse(String text) {
        if (text.length() < 2 || text.charAt(1) != ':' || KINDS.indexOf(text.charAt(0)) < 0) {
            throw new DecodeError("unable to parse path element: " + text);
        }
        var rest = text.substring(2).getBytes(StandardCharsets.UTF_8);
        return switch (text.charAt(0)) {
            case 'k' -> new Element("k:" + canonical(JsonReader.readObject(rest)));
            case 'v' -> new Element("v:" + canonical(JsonReader.read(rest)));
            case 'i' -> new Element("i:" + Integer.parseInt(text.substring(2)));
            default -> new Element(text);
        };
    }

    static Element value(Json value) {
        return new Element("v:" + canonical(value));
    }

    /// The item's keys, absent ones by their default; null when it has none of them.
    static @Nullable Element key(Json item, Schema list) {
        if (!(item instanceof Json.Obj map)) {
            return null;
        }
        var keys = new TreeMap<String, Json>();
        for (var key : list.merge().keys()) {
            var value = map.get(key);
            if (value == null) {
                value = list.items().at(key).defaultValue();
            }
            if (value != null) {
                keys.put(key, value);
            }
        }
        return keys.isEmpty() ? null : new Element("k:" + canonical(Json.object(keys)));
    }

    private static String canonical(Json value) {
        return new String(JsonWriter.canonical(value), StandardCharsets.UTF_8);
    }

    boolean isField() {
        return text.charAt(0) == 'f';
    }

    String name() {
        return text.substring(2);
    }

    /// Fields before keys before values before positions, as upstream sorts them.
    @Override
    public int compareTo(Element other) {
        var kinds =
                Integer.compare(KINDS.indexOf(text.charAt(0)), KINDS.indexOf(other.text.charAt(0)));
        return kinds != 0 ? kinds : text.compareTo(other.text);
    }

    /// As error messages show it: `.spec`, `[name="web"]`, `[="tcp"]`, `[0]`.
    @Override
    public String toString() {
        var rest = text.substring(2);
        return switch (text.charAt(0)) {
            case 'f' -> "." + rest;
            case 'v' -> "[=" + rest + "]";
            case 'i' -> "[" + rest + "]";
            default -> keys(rest);
        };
    }

    private static String keys(String json) {
        var map = JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
        var shown =
                map.fields().entrySet().stream()
                        .map(e -> e.getKey() + "=" + canonical(e.getValue()))
                        .toList();
        return "[" + String.join(",", shown) + "]";
    }

    /// A path of such steps as one text.
    static String path(List<Element> path) {
        var text = new StringBuilder();
        path.forEach(text::append);
        return text.toString();
    }
}
