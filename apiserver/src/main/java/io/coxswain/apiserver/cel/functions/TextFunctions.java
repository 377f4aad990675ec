package io.coxswain.apiserver.cel.functions;

import io.coxswain.apiserver.cel.Bytes;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// CEL's functions on texts and its `strings` extension. Positions count code points.
final class TextFunctions {

    private TextFunctions() {}

    static Library library() {
        return new Library()
                .declare(
                        "string.charAt(int): string",
                        "string.indexOf(string): int",
                        "string.indexOf(string, int): int",
                        "string.lastIndexOf(string): int",
                        "string.lastIndexOf(string, int): int",
                        "string.lowerAscii(): string",
                        "string.upperAscii(): string",
                        "string.replace(string, string): string",
                        "string.replace(string, string, int): string",
                        "string.split(string): list<string>",
                        "string.split(string, int): list<string>",
                        "string.substring(int): string",
                        "string.substring(int, int): string",
                        "string.trim(): string",
                        "string.reverse(): string",
                        "list<string>.join(): string",
                        "list<string>.join(string): string",
                        "strings.quote(string): string",
                        "string.format(list<dyn>): string")
                .function("size", a -> size(a[0]))
                .texts("contains", (a, b) -> ((String) a).contains((String) b))
                .texts("startsWith", (a, b) -> ((String) a).startsWith((String) b))
                .texts("endsWith", (a, b) -> ((String) a).endsWith((String) b))
                .function("charAt", TextFunctions::charAt)
                .function("indexOf", TextFunctions::indexOf)
                .function("lastIndexOf", TextFunctions::lastIndexOf)
                .text("lowerAscii", a -> ascii((String) a, 'A', 'Z'))
                .text("upperAscii", a -> ascii((String) a, 'a', 'z'))
                .function("replace", TextFunctions::replace)
                .function("split", TextFunctions::split)
                .function("substring", TextFunctions::substring)
                .text("trim", a -> ((String) a).strip())
                .text("reverse", a -> new StringBuilder((String) a).reverse().toString())
                .function("join", TextFunctions::join)
                .text("strings.quote", a -> quoted((String) a))
                .function(
                        "format",
                        a ->
                                a.length == 2
                                                && a[0] instanceof String form
                                                && a[1] instanceof List<?> values
                                        ? TextFormat.format(form, values)
                                        : null);
    }

    private static @Nullable Object size(Object a) {
        return switch (a) {
            case String _, Bytes _, List<?> _, Map<?, ?> _ -> Values.size(a);
            default -> null;
        };
    }

    private static @Nullable Object charAt(Object[] a) {
        if (!(a[0] instanceof String text && a[1] instanceof Long index)) {
            return null;
        }
        var points = text.codePoints().toArray();
        if (index < 0 || index > points.length) {
            throw new CelFailure("index out of range: " + index);
        }
        return index == points.length ? "" : Character.toString(points[index.intValue()]);
    }

    private static @Nullable Object indexOf(Object[] a) {
        if (!(a[0] instanceof String text && a[1] instanceof String part)) {
            return null;
        }
        var from = 0;
        if (a.length > 2) {
            if (!(a[2] instanceof Long start)) {
                return null;
            }
            from = position(text, start);
        }
        var found = text.indexOf(part, from);
        return found < 0 ? -1L : (Object) (long) text.codePointCount(0, found);
    }

    private static @Nullable Object lastIndexOf(Object[] a) {
        if (!(a[0] instanceof String text && a[1] instanceof String part)) {
            return null;
        }
        var from = text.length();
        if (a.length > 2) {
            if (!(a[2] instanceof Long start)) {
                return null;
            }
            from = position(text, start);
        }
        var found = text.lastIndexOf(part, from);
        return found < 0 ? -1L : (Object) (long) text.codePointCount(0, found);
    }

    private static @Nullable Object replace(Object[] a) {
        if (!(a[0] instanceof String text
                && a[1] instanceof String old
                && a[2] instanceof String fresh)) {
            return null;
        }
        var left = a.length > 3 && a[3] instanceof Long limit ? limit : -1L;
        if (left < 0) {
            return text.replace(old, fresh);
        }
        var out = new StringBuilder();
        var from = 0;
        while (left-- > 0) {
            var found = text.indexOf(old, from);
            if (found < 0) {
                break;
            }
            out.append(text, from, found).append(fresh);
            from = found + old.length();
        }
        return out.append(text.substring(from)).toString();
    }

    private static @Nullable Object split(Object[] a) {
        if (!(a[0] instanceof String text && a[1] instanceof String separator)) {
            return null;
        }
        var limit = a.length > 2 && a[2] instanceof Long most ? most : -1L;
        if (limit == 0) {
            return List.of();
        }
        var parts = new ArrayList<Object>();
        if (separator.isEmpty()) {
            text.codePoints().forEach(point -> parts.add(Character.toString(point)));
            while (limit > 0 && parts.size() > limit) {
                var last = parts.removeLast();
                parts.set(parts.size() - 1, parts.getLast() + (String) last);
            }
            return parts;
        }
        var from = 0;
        while (limit < 0 || parts.size() + 1 < limit) {
            var found = text.indexOf(separator, from);
            if (found < 0) {
                break;
            }
            parts.add(text.substring(from, found));
            from = found + separator.length();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static @Nullable Object substring(Object[] a) {
        if (!(a[0] instanceof String text && a[1] instanceof Long start)) {
            return null;
        }
        var from = position(text, start);
        if (a.length == 2) {
            return text.substring(from);
        }
        if (!(a[2] instanceof Long end)) {
            return null;
        }
        var to = position(text, end);
        if (start > end) {
            throw new CelFailure("invalid substring range. start: " + start + ", end: " + end);
        }
        return text.substring(from, to);
    }

    private static int position(String text, long index) {
        if (index < 0 || index > text.codePointCount(0, text.length())) {
            throw new CelFailure("index out of range: " + index);
        }
        return text.offsetByCodePoints(0, (int) index);
    }

    private static @Nullable Object join(Object[] a) {
        if (!(a[0] instanceof List<?> list)) {
            return null;
        }
        var separator = a.length > 1 && a[1] instanceof String text ? text : "";
        var out = new StringBuilder();
        for (var i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String part)) {
                throw CelFailure.noSuchOverload();
            }
            out.append(i == 0 ? "" : separator).append(part);
        }
        return out.toString();
    }

    private static String ascii(String text, char first, char last) {
        var out = new StringBuilder(text);
        for (var i = 0; i < out.length(); i++) {
            var c = out.charAt(i);
            if (c >= first && c <= last) {
                var one = String.valueOf(c);
                var other =
                        first == 'A' ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT);
                out.setCharAt(i, other.charAt(0));
            }
        }
        return out.toString();
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars()
                .forEach(c -> {
                    switch (c) {
                        case '\u0007' -> out.append("\\a");
                        case '\b' -> out.append("\\b");
                        case '\f' -> out.append("\\f");
                        case '\n' -> out.append("\\n");
                        case '\r' -> out.append("\\r");
                        case '\t' -> out.append("\\t");
                        case '\u000b' -> out.append("\\v");
                        case '\\' -> out.append("\\\\");
                        case '"' -> out.append("\\\"");
                        default -> out.append((char) c);
                    }
                });
        return out.append('"').toString();
    }
}
