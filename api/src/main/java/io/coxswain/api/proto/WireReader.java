package io.coxswain.api.proto;

import io.coxswain.api.codec.Words;
import io.coxswain.api.json.DecodeError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads protobuf, never beyond a limit: the end of the message being read. What is malformed is a
/// [DecodeError] in the words of Go's generated decoders.
final class WireReader {

    private static final int SHARED_MAX = 40;

    private final byte[] bytes;
    private int at;
    private int limit;

    WireReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.limit = to;
    }

    boolean atEnd() {
        return at >= limit;
    }

    int position() {
        return at;
    }

    /// Reads the length of a message and stays within it; returns the limit to go back to.
    int enter() {
        var end = end();
        var outer = limit;
        limit = end;
        return outer;
    }

    /// Goes on behind the message, all of which was read.
    void leave(int outer) {
        limit = outer;
    }

    /// Goes on behind the message, whatever of it was read.
    void leaveAtEnd(int outer) {
        at = limit;
        limit = outer;
    }

    int limit() {
        return limit;
    }

    long varint() {
        var value = 0L;
        for (var shift = 0; shift < 64; shift += 7) {
            if (at >= limit) {
                throw truncated();
            }
            var next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DecodeError("proto: integer overflow");
    }

    double real() {
        if (limit - at < 8) {
            throw truncated();
        }
        var bits = 0L;
        for (var i = 7; i >= 0; i--) {
            bits = (bits << 8) | (bytes[at + i] & 0xff);
        }
        at += 8;
        return Double.longBitsToDouble(bits);
    }

    byte[] bytes() {
        var end = end();
        var value = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return value;
    }

    /// Short strings are shared with all others of the same text.
    String text() {
        var end = end();
        var length = end - at;
        if (length == 0) {
            return "";
        }
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at = end;
        return length <= SHARED_MAX ? Words.share(text) : text;
    }

    /// Where a delimited value ends.
    private int end() {
        var length = varint();
        if ((int) length < 0 || length < 0) {
            throw new DecodeError("proto: negative length found during unmarshaling");
        }
        if (length > limit - at) {
            throw truncated();
        }
        return at + (int) length;
    }

    /// Skips the value of an unknown field, whose tag is read; groups may nest in it.
    void skip(int wireType) {
        var depth = 0;
        var type = wireType;
        while (true) {
            switch (type) {
                case 0 -> varint();
                case 1 -> skipBytes(8);
                case 2 -> at = end();
                case 3 -> depth++;
                case 4 -> {
                    if (depth == 0) {
                        throw new DecodeError("proto: unexpected end of group");
                    }
                    depth--;
                }
                case 5 -> skipBytes(4);
                default -> throw new DecodeError("proto: illegal wireType " + type);
            }
            if (depth == 0) {
                return;
            }
            type = (int) varint() & 7;
        }
    }

    private void skipBytes(int count) {
        if (limit - at < count) {
            throw truncated();
        }
        at += count;
    }

    static DecodeError truncated() {
        return new DecodeError("unexpected EOF");
    }
}
