package io.coxswain.http.stream;

import io.coxswain.http.Duplex;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One end of a WebSocket connection (RFC 6455) after the handshake.
///
/// One thread calls [#receive]; any thread may send. A message is sent and leaves at once. Pings
/// are answered while receiving. A peer that breaks the protocol is sent a close frame with the
/// code the RFC names for it, the connection is closed, and `receive` throws.
public final class WebSocket implements AutoCloseable {

    public static final int NORMAL = 1000;
    private static final int NO_CODE = 1005;
    private static final int ABNORMAL = 1006;

    /// Kubernetes' servers accept messages up to this size.
    private static final int MESSAGE_BYTES_MAX = 32 << 20;

    private final Duplex connection;
    private final @Nullable RandomGenerator maskKeys;
    private final int messageBytesMax;
    private final Object writing = new Object();
    private boolean closeSent;
    private volatile int closeCode;

    private WebSocket(Duplex connection, @Nullable RandomGenerator maskKeys, int messageBytesMax) {
        this.connection = connection;
        this.maskKeys = maskKeys;
        this.messageBytesMax = messageBytesMax;
    }

    public static WebSocket server(Duplex connection) {
        return server(connection, MESSAGE_BYTES_MAX);
    }

    public static WebSocket server(Duplex connection, int messageBytesMax) {
        return new WebSocket(connection, null, messageBytesMax);
    }

    public static WebSocket client(Duplex connection) {
        return client(connection, new SecureRandom(), MESSAGE_BYTES_MAX);
    }

    public static WebSocket client(
            Duplex connection, RandomGenerator maskKeys, int messageBytesMax) {
        return new WebSocket(connection, maskKeys, messageBytesMax);
    }

    /// Whether this is the client's end.
    boolean client() {
        return maskKeys != null;
    }

    /// A whole message, reassembled.
    public record Message(boolean text, byte[] bytes) {
        public String string() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /// Waits for the next message; null once the peer has closed. Throws [EOFException] when the
    /// connection is lost without a close frame, [WebSocketException] when the peer misbehaves.
    public @Nullable Message receive() throws IOException {
        try {
            return nextMessage();
        } catch (WebSocketException broken) {
            closeCode = broken.code();
            close(broken.code(), String.valueOf(broken.getMessage()));
            connection.close();
            throw broken;
        }
    }

    private @Nullable Message nextMessage() throws IOException {
        var opcode = 0;
        var parts = new ByteArrayOutputStream();
        while (true) {
            var frame = nextFrame(messageBytesMax - parts.size());
            if (frame.opcode() == WebSocketFrame.CLOSE) {
                closed(frame.payload());
                return null;
            }
            if (frame.control()) {
                answer(frame);
                continue;
            }
            if ((opcode == 0) == (frame.opcode() == WebSocketFrame.CONTINUATION)) {
                throw new WebSocketException(
                        1002, opcode == 0 ? "nothing to continue" : "message is not finished");
            }
            opcode = opcode == 0 ? frame.opcode() : opcode;
            parts.writeBytes(frame.payload());
            if (frame.fin()) {
                var text = opcode == WebSocketFrame.TEXT;
                var bytes = parts.toByteArray();
                if (text) {
                    requireUtf8(bytes, 0);
                }
                return new Message(text, bytes);
            }
        }
    }

    private WebSocketFrame nextFrame(int bytesMax) throws IOException {
        try {
            var frame = WebSocketFrame.read(connection.input(), maskKeys == null, bytesMax);
            if (frame == null) {
                throw new EOFException("connection lost");
            }
            return frame;
        } catch (WebSocketException broken) {
            throw broken;
        } catch (IOException lost) {
            closeCode = ABNORMAL;
            throw lost;
        }
    }

    private void answer(WebSocketFrame frame) throws IOException {
        if (frame.opcode() == WebSocketFrame.PING) {
            send(WebSocketFrame.PONG, frame.payload());
        }
    }

    private void closed(byte[] payload) throws WebSocketException {
        var code = NO_CODE;
        if (payload.length == 1) {
            throw new WebSocketException(1002, "close code is cut short");
        }
        if (payload.length > 1) {
            code = ByteBuffer.wrap(payload).getShort() & 0xffff;
            if (!mayBeSent(code)) {
                throw new WebSocketException(1002, "close code " + code + " is not allowed");
            }
            requireUtf8(payload, 2);
        }
        closeCode = code;
        close(code == NO_CODE ? NORMAL : code, "");
    }

    private static boolean mayBeSent(int code) {
        var defined = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
        return defined || (code >= 3000 && code <= 4999);
    }

    private static void requireUtf8(byte[] bytes, int from) throws WebSocketException {
        try {
            var text = ByteBuffer.wrap(bytes, from, bytes.length - from);
            StandardCharsets.UTF_8.newDecoder().decode(text);
        } catch (CharacterCodingException malformed) {
            throw new WebSocketException(1007, "text is not UTF-8");
        }
    }

    /// The code the connection ended with; 0 while it is open, 1006 when it was lost.
    public int closeCode() {
        return closeCode;
    }

    public void sendBinary(byte[] message) throws IOException {
        send(WebSocketFrame.BINARY, message);
    }

    public void sendText(String message) throws IOException {
        send(WebSocketFrame.TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    public void ping(byte[] payload) throws IOException {
        send(WebSocketFrame.PING, payload);
    }

    private void send(int opcode, byte[] payload) throws IOException {
        synchronized (writing) {
            if (closeSent) {
                if (opcode == WebSocketFrame.PONG) {
                    return;
                }
                throw new IOException("connection is closed");
            }
            write(new WebSocketFrame(true, opcode, payload));
        }
    }

    private void write(WebSocketFrame frame) throws IOException {
        byte[] key = null;
        if (maskKeys != null) {
            key = new byte[4];
            maskKeys.nextBytes(key);
        }
        frame.write(connection.output(), key);
        connection.output().flush();
    }

    /// Says goodbye, once; a connection that is gone already is no error. What the peer still sends
    /// can be received until it answers.
    public void close(int code, String reason) {
        var text = reason.getBytes(StandardCharsets.UTF_8);
        var payload = ByteBuffer.allocate(2 + Math.min(text.length, 100));
        payload.putShort((short) code).put(Arrays.copyOf(text, payload.remaining()));
        synchronized (writing) {
            if (closeSent) {
                return;
            }
            closeSent = true;
            try {
                write(new WebSocketFrame(true, WebSocketFrame.CLOSE, payload.array()));
            } catch (IOException gone) {
                connection.close();
            }
        }
    }

    /// Closes the connection itself, without waiting for the peer.
    @Override
    public void close() {
        connection.close();
    }
}
