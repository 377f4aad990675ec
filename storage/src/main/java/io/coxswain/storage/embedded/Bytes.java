package io.coxswain.storage.embedded;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing byte array to encode into. Used again and again by one thread at a time.
final class Bytes {

    /// After an unusually large batch the array is let go of.
    private static final int KEPT_BYTES_MAX = 4 << 20;

    private byte[] array = new byte[8 << 10];
    private int length;

    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        if (array.length > KEPT_BYTES_MAX) {
            array = new byte[8 << 10];
        }
    }

    void cutTo(int size) {
        length = size;
    }

    /// Leaves room for `count` bytes that are filled in later.
    int skip(int count) {
        var start = length;
        ensure(count);
        Arrays.fill(array, start, start + count, (byte) 0);
        length += count;
        return start;
    }

    /// A view of everything, to fill in what was skipped.
    ByteBuffer view() {
        return ByteBuffer.wrap(array, 0, length);
    }

    void put(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
    }

    void putByte(int value) {
        ensure(1);
        array[length++] = (byte) value;
    }

    /// Seven bits a byte, lowest first, the highest bit set on all but the last.
    void putNumber(long value) {
        ensure(10);
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            array[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        array[length++] = (byte) rest;
    }

    @SuppressWarnings("deprecation") // The copy of the low bytes is exactly right for ASCII.
    void putText(String text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                var encoded = text.getBytes(StandardCharsets.UTF_8);
                putNumber(encoded.length);
                put(encoded);
                return;
            }
        }
        putNumber(text.length());
        ensure(text.length());
        text.getBytes(0, text.length(), array, length);
        length += text.length();
    }

    private void ensure(int more) {
        if (length + more > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(length, more)));
        }
    }
}
