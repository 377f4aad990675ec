package io.coxswain.api.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Growing bytes of JSON, with strings and numbers written exactly as Go writes them.
public final class JsonBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// Characters of ASCII that stand for themselves in a string.
    private static final boolean[] PLAIN = new boolean[128];

    static {
        Arrays.fill(PLAIN, 0x20, 128, true);
        for (var c : "\"\\<>&".toCharArray()) {
            PLAIN[c] = false;
        }
    }

    private byte[] bytes;
    private int length;

    public JsonBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// Takes back everything from `length` on.
    public void truncate(int to) {
        length = to;
    }

    public byte last() {
        return length == 0 ? 0 : bytes[length - 1];
    }

    public JsonBuffer raw(char c) {
        room(1);
        bytes[length++] = (byte) c;
        return this;
    }

    public JsonBuffer raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    public JsonBuffer raw(String ascii) {
        room(ascii.length());
        for (var i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    public JsonBuffer number(long value) {
        if (value >= 0 && value < 10) {
            return raw((char) ('0' + value));
        }
        return raw(Long.toString(value));
    }

    /// A float as Go's `encoding/json` formats it: shortest digits, exponent below 1e-6 and from
    /// 1e21.
    public JsonBuffer number(double value) {
        return raw(text(value));
    }

    static String text(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        var digits = new java.math.BigDecimal(Double.toString(value)).stripTrailingZeros();
        var size = Math.abs(value);
        if (size >= 1e-6 && size < 1e21) {
            return digits.toPlainString();
        }
        var mantissa = digits.unscaledValue().toString();
        var sign = mantissa.startsWith("-") ? 1 : 0;
        var exponent = mantissa.length() - sign - 1 - digits.scale();
        var text = new StringBuilder(mantissa);
        if (mantissa.length() > sign + 1) {
            text.insert(sign + 1, '.');
        }
        return text.append('e')
                .append(exponent < 0 ? "-" : "+")
                .append(Math.abs(exponent))
                .toString();
    }

    /// A quoted string; `<`, `>` and `&` are escaped as Go does.
    public JsonBuffer string(String text) {
        var size = text.length();
        room(size + 2);
        bytes[length++] = '"';
        for (var i = 0; i < size; i++) {
            var c = text.charAt(i);
            if (c >= 128 || !PLAIN[c]) {
                return rest(text, i);
            }
            bytes[length++] = (byte) c;
        }
        bytes[length++] = '"';
        return this;
    }

    /// The rest of a string from its first unusual character on.
    private JsonBuffer rest(String text, int from) {
        room((text.length() - from) * 6 + 1);
        for (var i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < 128) {
                ascii(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                pair(Character.toCodePoint(c, text.charAt(++i)));
            } else if (Character.isSurrogate(c)) {
                raw("\\ufffd");
            } else if (c == 0x2028 || c == 0x2029) {
                raw(c == 0x2028 ? "\\u2028" : "\\u2029");
            } else if (c < 0x800) {
                bytes[length++] = (byte) (0xc0 | (c >> 6));
                bytes[length++] = (byte) (0x80 | (c & 0x3f));
            } else {
                bytes[length++] = (byte) (0xe0 | (c >> 12));
                bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                bytes[length++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        return raw('"');
    }

    private void pair(int code) {
        bytes[length++] = (byte) (0xf0 | (code >> 18));
        bytes[length++] = (byte) (0x80 | ((code >> 12) & 0x3f));
        bytes[length++] = (byte) (0x80 | ((code >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (code & 0x3f));
    }

    private void ascii(char c) {
        if (PLAIN[c]) {
            bytes[length++] = (byte) c;
            return;
        }
        switch (c) {
            case '"', '\\' -> raw('\\').raw(c);
            case '\n' -> raw("\\n");
            case '\r' -> raw("\\r");
            case '\t' -> raw("\\t");
            case '\b' -> raw("\\b");
            case '\f' -> raw("\\f");
            default -> {
                raw("\\u00");
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 15];
            }
        }
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
