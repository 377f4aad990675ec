package io.coxswain.api.proto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes protobuf from its end to its beginning, so that the length of a message is known by the
/// time it is written in front of it. Whoever writes a field writes the value first, then the tag.
final class WireWriter {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;

    private byte[] bytes;
    private int at;

    WireWriter(int capacity) {
        bytes = new byte[capacity];
        at = capacity;
    }

    /// How much is written.
    int length() {
        return bytes.length - at;
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, at, bytes.length);
    }

    void tag(int number, int wireType) {
        varint(((long) number << 3) | wireType);
    }

    /// Ends a message, string or bytes whose content began at `length() == from`.
    void delimit(int number, int from) {
        varint(length() - from);
        tag(number, BYTES);
    }

    void varint(long value) {
        var size = size(value);
        room(size);
        at -= size;
        var rest = value;
        for (var i = at; i < at + size - 1; i++) {
            bytes[i] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at + size - 1] = (byte) rest;
    }

    static int size(long value) {
        return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
    }

    void number(int number, long value) {
        varint(value);
        tag(number, VARINT);
    }

    void real(int number, double value) {
        room(8);
        at -= 8;
        var bits = Double.doubleToRawLongBits(value);
        for (var i = 0; i < 8; i++) {
            bytes[at + i] = (byte) (bits >>> (8 * i));
        }
        tag(number, FIXED64);
    }

    void bytes(int number, byte[] value) {
        raw(value);
        varint(value.length);
        tag(number, BYTES);
    }

    void raw(byte[] value) {
        room(value.length);
        at -= value.length;
        System.arraycopy(value, 0, bytes, at, value.length);
    }

    void text(int number, String text) {
        var size = text.length();
        room(size);
        for (var i = size - 1; i >= 0; i--) {
            var c = text.charAt(i);
            if (c >= 128) {
                at += size - 1 - i;
                bytes(number, utf8(text));
                return;
            }
            bytes[--at] = (byte) c;
        }
        varint(size);
        tag(number, BYTES);
    }

    /// Halves of a surrogate pair, which UTF-8 cannot hold, become the replacement character.
    private static byte[] utf8(String text) {
        var whole = new StringBuilder(text.length());
        text.codePoints()
                .map(code -> code >= 0xd800 && code <= 0xdfff ? 0xfffd : code)
                .forEach(whole::appendCodePoint);
        return whole.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void room(int more) {
        if (more > at) {
            var used = length();
            var grown = new byte[Math.max(bytes.length * 2, used + more)];
            System.arraycopy(bytes, at, grown, grown.length - used, used);
            at = grown.length - used;
            bytes = grown;
        }
    }
}
