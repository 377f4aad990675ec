package io.coxswain.http.stream.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Just enough JSON for the few fixed messages of the streaming protocols: objects become maps,
/// arrays lists, numbers doubles. Object data never comes here.
final class SmallJson {

    private static final int DEPTH_MAX = 16;

    private final String text;
    private int at;

    private SmallJson(String text) {
        this.text = text;
    }

    /// The value that `text` spells, or null when it is not JSON (or is the literal null).
    static @Nullable Object parseOrNull(String text) {
        var parser = new SmallJson(text);
        try {
            var value = parser.value(0);
            parser.space();
            return parser.at == text.length() ? value : null;
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return null;
        }
    }

    static String quote(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> escape(out, (char) c));
        return out.append('"').toString();
    }

    /// Escapes what Go's encoder escapes, so that the bytes are the same.
    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '<', '>', '&', '\u2028', '\u2029' ->
                    out.append("\\u").append(String.format("%04x", (int) c));
            default -> {
                if (c < ' ') {
                    out.append("\\u").append(String.format("%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }

    private @Nullable Object value(int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("too deep");
        }
        space();
        return switch (text.charAt(at)) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            default -> literal();
        };
    }

    private Map<String, @Nullable Object> object(int depth) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        at++;
        for (var more = !skip('}'); more; more = more('}')) {
            space();
            var name = string();
            expect(':');
            map.put(name, value(depth + 1));
        }
        return map;
    }

    private List<@Nullable Object> array(int depth) {
        var list = new ArrayList<@Nullable Object>();
        at++;
        for (var more = !skip(']'); more; more = more(']')) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private boolean more(char end) {
        if (skip(end)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() {
        if (text.charAt(at++) != '"') {
            throw new IllegalArgumentException("not a string");
        }
        var out = new StringBuilder();
        for (var c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            out.append(c == '\\' ? escaped() : c);
        }
        return out.toString();
    }

    private char escaped() {
        var c = text.charAt(at++);
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private @Nullable Object literal() {
        var start = at;
        while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return switch (text.substring(start, at)) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            case String number -> Double.valueOf(number);
        };
    }

    private void expect(char c) {
        if (!skip(c)) {
            throw new IllegalArgumentException("expected " + c);
        }
    }

    private boolean skip(char c) {
        space();
        var found = text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
