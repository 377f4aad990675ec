package io.coxswain.api.fields;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonBuffer;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a path, in the form it is stored: a field `f:name`, a list item by its keys
/// `k:{"name":"web"}` or by its value `v:"tcp"`, or by position `i:0`.
public record Element(String text) implements Comparable<Element> {

    private static final String KINDS = "fkvi";

    /// Elements read before, in canonical form. A race costs a second reading, nothing else.
    private static final @Nullable Element[] KNOWN = new @Nullable Element[2048];

    public static Element field(String name) {
        return new Element("f:" + name);
    }

    /// Reads the stored form; throws [DecodeError].
    static Element parse(String text) {
        if (text.length() < 2 || text.charAt(1) != ':' || KINDS.indexOf(text.charAt(0)) < 0) {
            throw new DecodeError("unable to parse path element: " + text);
        }
        return switch (text.charAt(0)) {
            case 'k', 'v' -> parseJson(text);
            case 'i' -> new Element("i:" + Integer.parseInt(text.substring(2)));
            default -> new Element(text);
        };
    }

    private static Element parseJson(String text) {
        var slot = (text.hashCode() ^ (text.hashCode() >>> 15)) & (KNOWN.length - 1);
        var known = KNOWN[slot];
        if (known != null && known.text.equals(text)) {
            return known;
        }
        var rest = text.substring(2).getBytes(StandardCharsets.UTF_8);
        var value = text.charAt(0) == 'k' ? JsonReader.readObject(rest) : JsonReader.read(rest);
        var element = new Element(text.substring(0, 2) + canonical(value));
        if (text.length() <= 128 && element.text.equals(text)) {
            KNOWN[slot] = element;
        }
        return element;
    }

    static Element value(Json value) {
        return new Element("v:" + canonical(value));
    }

    /// The item's keys, absent ones by their default; null when it has none of them.
    static @Nullable Element key(Json item, Schema list) {
        if (!(item instanceof Json.Obj map)) {
            return null;
        }
        var names = list.merge().keys();
        var out = new JsonBuffer(64).raw('{');
        for (var name : names.size() == 1 ? names : names.stream().sorted().toList()) {
            var value = map.get(name);
            if (value == null) {
                value = list.items().at(name).defaultValue();
            }
            if (value != null) {
                out.raw(out.length() == 1 ? "" : ",").string(name).raw(':');
                JsonWriter.write(value, out);
            }
        }
        return out.length() == 1
                ? null
                : new Element("k:" + new String(out.raw('}').toBytes(), StandardCharsets.UTF_8));
    }

    private static String canonical(Json value) {
        if (value instanceof Json.Obj || value instanceof Json.Arr) {
            return new String(JsonWriter.canonical(value), StandardCharsets.UTF_8);
        }
        var out = new JsonBuffer(48);
        JsonWriter.write(value, out);
        return new String(out.toBytes(), StandardCharsets.UTF_8);
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
