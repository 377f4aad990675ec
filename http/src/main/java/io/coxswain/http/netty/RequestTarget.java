package io.coxswain.http.netty;

import io.coxswain.http.Query;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The target of a request line, taken apart.
record RequestTarget(String path, String rawPath, Query query) {

    /// Throws [IllegalArgumentException] for a malformed escape or a target that is no path.
    static RequestTarget parse(String target) {
        var origin = target.startsWith("/") ? target : originForm(target);
        var mark = origin.indexOf('?');
        var rawPath = mark < 0 ? origin : origin.substring(0, mark);
        var query = mark < 0 ? Query.EMPTY : Query.parse(origin.substring(mark + 1));
        return new RequestTarget(decode(rawPath), rawPath, query);
    }

    /// `http://host/path?query`, which proxies send, without scheme and host.
    private static String originForm(String target) {
        var authority = target.indexOf("://");
        if (!target.startsWith("http") || authority < 0) {
            throw new IllegalArgumentException("not a path");
        }
        var slash = target.indexOf('/', authority + 3);
        return slash < 0 ? "/" : target.substring(slash);
    }

    private static String decode(String raw) {
        var first = raw.indexOf('%');
        if (first < 0) {
            return raw;
        }
        var bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        var length = 0;
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                bytes[length++] = bytes[i];
                continue;
            }
            if (i + 2 >= bytes.length) {
                throw new IllegalArgumentException("malformed escape");
            }
            bytes[length++] = (byte) (digit(bytes[i + 1]) << 4 | digit(bytes[i + 2]));
            i += 2;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int digit(byte character) {
        var value = Character.digit(character, 16);
        if (value < 0) {
            throw new IllegalArgumentException("malformed escape");
        }
        return value;
    }

    /// What may be sent as a request target: anything that is not a visible ASCII character is
    /// escaped, so that a path cannot end the request line.
    static String encode(String rawPath, @Nullable Query query) {
        var path = safe(rawPath) ? rawPath : escape(rawPath);
        return query == null || query.values().isEmpty() ? path : path + "?" + query.encoded();
    }

    private static boolean safe(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (!visible(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean visible(int character) {
        return character > ' ' && character < 0x7f && character != '?' && character != '#';
    }

    private static String escape(String text) {
        var escaped = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            var character = octet & 0xff;
            if (visible(character)) {
                escaped.append((char) character);
            } else {
                escaped.append('%').append(String.format("%02X", character));
            }
        }
        return escaped.toString();
    }
}
