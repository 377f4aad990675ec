package io.coxswain.http.stream;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One frame as RFC 6455 section 5.2 lays it out, unmasked.
record WebSocketFrame(boolean fin, int opcode, byte[] payload) {

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    static final int PING = 0x9;
    static final int PONG = 0xA;

    private static final int CONTROL_BYTES_MAX = 125;
    private static final int KEY_BYTES = 4;

    boolean control() {
        return control(opcode);
    }

    private static boolean control(int opcode) {
        return opcode >= CLOSE;
    }

    /// Reads one frame, or returns null when the stream ends before it begins.
    ///
    /// @param masked whether frames must be masked (from a client) or must not be (from a server)
    static @Nullable WebSocketFrame read(InputStream from, boolean masked, long bytesMax)
            throws IOException {
        var first = from.read();
        if (first < 0) {
            return null;
        }
        var in = new DataInputStream(from);
        var second = in.readUnsignedByte();
        var fin = (first & 0x80) != 0;
        var opcode = first & 0x0f;
        if ((first & 0x70) != 0) {
            throw new WebSocketException(1002, "reserved bits are set");
        }
        if ((opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
            throw new WebSocketException(1002, "unknown opcode " + opcode);
        }
        if (((second & 0x80) != 0) != masked) {
            throw new WebSocketException(
                    1002, masked ? "frame is not masked" : "frame must not be masked");
        }
        var length = length(in, second & 0x7f);
        if (control(opcode) && (!fin || length > CONTROL_BYTES_MAX)) {
            throw new WebSocketException(1002, "control frame is too long or fragmented");
        }
        if (length > bytesMax) {
            throw new WebSocketException(1009, "message is too big");
        }
        var key = in.readNBytes(masked ? KEY_BYTES : 0);
        var payload = in.readNBytes((int) length);
        if (key.length < (masked ? KEY_BYTES : 0) || payload.length < length) {
            throw new EOFException("connection ended inside a frame");
        }
        mask(payload, key);
        return new WebSocketFrame(fin, opcode, payload);
    }

    private static long length(DataInputStream in, int short7) throws IOException {
        if (short7 < 126) {
            return short7;
        }
        var length = short7 == 126 ? in.readUnsignedShort() : in.readLong();
        if (length < 0 || length < (short7 == 126 ? 126 : 0x10000)) {
            throw new WebSocketException(1002, "length is not in its shortest form");
        }
        return length;
    }

    /// Writes this frame, masked when a key of four bytes is given.
    void write(OutputStream to, byte @Nullable [] key) throws IOException {
        var head = ByteBuffer.allocate(14);
        head.put((byte) ((fin ? 0x80 : 0) | opcode));
        var maskBit = key == null ? 0 : 0x80;
        if (payload.length < 126) {
            head.put((byte) (maskBit | payload.length));
        } else if (payload.length < 0x10000) {
            head.put((byte) (maskBit | 126)).putShort((short) payload.length);
        } else {
            head.put((byte) (maskBit | 127)).putLong(payload.length);
        }
        var body = payload;
        if (key != null) {
            head.put(key);
            body = payload.clone();
            mask(body, key);
        }
        to.write(head.array(), 0, head.position());
        to.write(body);
    }

    private static void mask(byte[] payload, byte[] key) {
        if (key.length == 0) {
            return;
        }
        for (var i = 0; i < payload.length; i++) {
            payload[i] ^= key[i & 3];
        }
    }
}
