package io.coxswain.api.json;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// Finds the first syntax error of a JSON text and names it as Go's `encoding/json` does.
///
/// Runs only on texts that were refused already, so it is written for exactness, not for speed.
final class GoSyntax {

    private static final String END = "unexpected end of JSON input";

    private final byte[] json;
    private final BitSet objects = new BitSet();
    private int depth;
    private int at;

    private GoSyntax(byte[] json) {
        this.json = json;
    }

    /// The error, or `""` when Go would accept the text.
    static String explain(byte[] json) {
        var error = new GoSyntax(json).document();
        return error == null ? "" : error;
    }

    private @Nullable String document() {
        var error = value();
        while (error == null && depth > 0) {
            error = afterValue();
        }
        if (error != null) {
            return error;
        }
        space();
        return at < json.length ? wrong("after top-level value") : null;
    }

    /// Reads a scalar, or opens containers down to the first scalar or empty container.
    private @Nullable String value() {
        while (true) {
            space();
            if (at >= json.length) {
                return END;
            }
            switch (json[at]) {
                case '{' -> {
                    at++;
                    objects.set(depth++);
                    if (depth > JsonTokens.DEPTH_MAX) {
                        return "exceeded max depth";
                    }
                    space();
                    if (at < json.length && json[at] == '}') {
                        at++;
                        depth--;
                        return null;
                    }
                    var error = key();
                    if (error != null) {
                        return error;
                    }
                }
                case '[' -> {
                    at++;
                    objects.clear(depth++);
                    if (depth > JsonTokens.DEPTH_MAX) {
                        return "exceeded max depth";
                    }
                    space();
                    if (at < json.length && json[at] == ']') {
                        at++;
                        depth--;
                        return null;
                    }
                }
                default -> {
                    return scalar();
                }
            }
        }
    }

    private @Nullable String afterValue() {
        space();
        if (at >= json.length) {
            return END;
        }
        var object = objects.get(depth - 1);
        var next = json[at];
        if (next == (object ? '}' : ']')) {
            at++;
            depth--;
            return null;
        }
        if (next != ',') {
            return wrong(object ? "after object key:value pair" : "after array element");
        }
        at++;
        if (object) {
            space();
            var error = key();
            if (error != null) {
                return error;
            }
        }
        return value();
    }

    private @Nullable String key() {
        if (at >= json.length) {
            return END;
        }
        if (json[at] != '"') {
            return wrong("looking for beginning of object key string");
        }
        var error = string();
        if (error != null) {
            return error;
        }
        space();
        if (at >= json.length) {
            return END;
        }
        if (json[at] != ':') {
            return wrong("after object key");
        }
        at++;
        return null;
    }

    private @Nullable String scalar() {
        return switch (json[at]) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> wrong("looking for beginning of value");
        };
    }

    private @Nullable String string() {
        for (at++; at < json.length; at++) {
            var c = json[at];
            if (c == '"') {
                at++;
                return null;
            }
            if (c >= 0 && c < 0x20) {
                return wrong("in string literal");
            }
            if (c == '\\') {
                var error = escape();
                if (error != null) {
                    return error;
                }
            }
        }
        return END;
    }

    private @Nullable String escape() {
        at++;
        if (at >= json.length) {
            return END;
        }
        if (json[at] != 'u') {
            return "\"\\/bfnrt".indexOf(json[at]) >= 0 ? null : wrong("in string escape code");
        }
        for (var i = 0; i < 4; i++) {
            at++;
            if (at >= json.length) {
                return END;
            }
            if (Character.digit(json[at], 16) < 0) {
                return wrong("in \\u hexadecimal character escape");
            }
        }
        return null;
    }

    private @Nullable String literal(String word) {
        for (var i = 0; i < word.length(); i++, at++) {
            if (at >= json.length) {
                return END;
            }
            if (json[at] != word.charAt(i)) {
                return wrong("in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
        return null;
    }

    private @Nullable String number() {
        if (json[at] == '-') {
            at++;
            if (!digit()) {
                return at < json.length ? wrong("in numeric literal") : END;
            }
        }
        if (json[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < json.length && json[at] == '.') {
            at++;
            if (!digit()) {
                return at < json.length ? wrong("after decimal point in numeric literal") : END;
            }
            digits();
        }
        if (at < json.length && (json[at] == 'e' || json[at] == 'E')) {
            at++;
            if (at < json.length && (json[at] == '+' || json[at] == '-')) {
                at++;
            }
            if (!digit()) {
                return at < json.length ? wrong("in exponent of numeric literal") : END;
            }
            digits();
        }
        return null;
    }

    private boolean digit() {
        return at < json.length && json[at] >= '0' && json[at] <= '9';
    }

    private void digits() {
        while (digit()) {
            at++;
        }
    }

    private void space() {
        while (at < json.length
                && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
            at++;
        }
    }

    private String wrong(String context) {
        var c = json[at] & 0xff;
        var shown =
                switch (c) {
                    case '\'' -> "\\'";
                    case '"' -> "\"";
                    case '\\' -> "\\\\";
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    default -> {
                        if (c < 0x20 || c == 0x7f) {
                            yield "\\x%02x".formatted(c);
                        }
                        yield (c >= 0x80 && c < 0xa0) || c == 0xad
                                ? "\\u%04x".formatted(c)
                                : Character.toString(c);
                    }
                };
        return "invalid character '" + shown + "' " + context;
    }
}
