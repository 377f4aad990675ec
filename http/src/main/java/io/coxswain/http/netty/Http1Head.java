package io.coxswain.http.netty;

import io.coxswain.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Writes the head of a message, straight into a buffer, and reads the fields of one.
final class Http1Head {

    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);
    private static final int CR_LF = '\r' << 8 | '\n';

    /// What belongs to a connection, not to a message.
    private static final Set<String> OF_CONNECTION =
            Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private Http1Head() {}

    /// Throws [IllegalArgumentException] for a field that would break out of its line.
    static void check(Headers headers) {
        headers.forEach((name, value) -> {
            if (!token(name) || !oneLine(value)) {
                throw new IllegalArgumentException("malformed header " + name);
            }
        });
    }

    static boolean ofConnection(String name) {
        return OF_CONNECTION.contains(name);
    }

    static void status(ByteBuf target, int status) {
        target.writeBytes(VERSION);
        var known = HttpResponseStatus.valueOf(status);
        target.writeCharSequence(known.codeAsText(), StandardCharsets.US_ASCII);
        target.writeByte(' ');
        ByteBufUtil.writeAscii(target, known.reasonPhrase());
        target.writeShort(CR_LF);
    }

    static void request(ByteBuf target, String method, String path) {
        if (!token(method)) {
            throw new IllegalArgumentException("malformed method " + method);
        }
        ByteBufUtil.writeAscii(target, method);
        target.writeByte(' ');
        ByteBufUtil.writeAscii(target, path);
        ByteBufUtil.writeAscii(target, " HTTP/1.1\r\n");
    }

    /// All fields but those of the connection and the content length.
    static void fields(ByteBuf target, Headers headers) {
        headers.forEach((name, value) -> {
            if (!ofConnection(name) && !name.equals("content-length")) {
                field(target, name, value);
            }
        });
    }

    /// Names are written as Go writes them: `Content-Type`.
    static void field(ByteBuf target, String name, String value) {
        var upper = true;
        for (var i = 0; i < name.length(); i++) {
            var character = name.charAt(i);
            target.writeByte(upper ? Character.toUpperCase(character) : character);
            upper = character == '-';
        }
        target.writeByte(':').writeByte(' ');
        ByteBufUtil.writeUtf8(target, value);
        target.writeShort(CR_LF);
    }

    static void end(ByteBuf target) {
        target.writeShort(CR_LF);
    }

    static Headers read(HttpHeaders fields) {
        var flat = new String[fields.size() * 2];
        var next = 0;
        for (var iterator = fields.iteratorCharSequence(); iterator.hasNext(); ) {
            var field = iterator.next();
            flat[next++] = field.getKey().toString();
            flat[next++] = field.getValue().toString();
        }
        return Headers.of(flat);
    }

    private static boolean token(String name) {
        for (var i = 0; i < name.length(); i++) {
            var character = name.charAt(i);
            if (character <= ' ' || character >= 0x7f || character == ':') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean oneLine(String value) {
        for (var i = 0; i < value.length(); i++) {
            var character = value.charAt(i);
            if (character == '\r' || character == '\n' || character == 0) {
                return false;
            }
        }
        return true;
    }
}
