package io.coxswain.apiserver.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// One protobuf message while it is written. Fields without a value are left out by the caller.
final class Message {

    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message text(int field, String text) {
        if (!text.isEmpty()) {
            bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    Message flag(int field, boolean value) {
        if (value) {
            varint(((long) field << 3) | VARINT);
            varint(1);
        }
        return this;
    }

    Message message(int field, Message inner) {
        bytes(field, inner.encoded());
        return this;
    }

    byte[] encoded() {
        return out.toByteArray();
    }

    private void bytes(int field, byte[] content) {
        varint(((long) field << 3) | BYTES);
        varint(content.length);
        out.writeBytes(content);
    }

    private void varint(long value) {
        var rest = value;
        while (rest > 127) {
            out.write((int) ((rest & 127) | 128));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
