package io.coxswain.apiserver.verbs;

import io.coxswain.apiserver.media.MediaType;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.stream.WebSocket;
import io.coxswain.http.stream.WebSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A watch over a WebSocket: one message per event, text for JSON and binary for protobuf. What the
/// client sends is thrown away; when it closes, the watch ends.
final class WatchSocket implements Response.Sink {

    /// Clients have nothing to say.
    private static final int RECEIVED_BYTES_MAX = 4 << 10;

    /// The length before a message of a protobuf stream: a WebSocket message knows its own.
    private static final int LENGTH_BYTES = 4;

    private final WebSocket socket;
    private final MediaType format;
    private final List<Runnable> callbacks = new ArrayList<>();
    private boolean gone;

    private WatchSocket(WebSocket socket, MediaType format) {
        this.socket = socket;
        this.format = format;
    }

    /// Answers the handshake. A single subprotocol is taken as it is; upstream cannot choose among
    /// several.
    static Response accept(Request request, MediaType format, Response.Producer events) {
        var offered = WebSockets.offered(request);
        if (offered.size() > 1) {
            return new Response.Full(400, Headers.EMPTY, Payload.EMPTY);
        }
        var supported = offered.isEmpty() ? List.of("") : offered;
        return WebSockets.accept(
                request, supported, (socket, protocol) -> serve(socket, format, events));
    }

    private static void serve(WebSocket socket, MediaType format, Response.Producer events)
            throws IOException {
        var sink = new WatchSocket(socket, format);
        var listening = Thread.ofVirtual().name("watch-socket").start(sink::listen);
        try (socket) {
            events.writeTo(sink);
            socket.close(WebSocket.NORMAL, "");
        } finally {
            listening.interrupt();
        }
    }

    @Override
    public void write(Payload frame) throws IOException {
        var bytes = frame.bytes();
        if (format == MediaType.PROTOBUF) {
            socket.sendBinary(java.util.Arrays.copyOfRange(bytes, LENGTH_BYTES, bytes.length));
        } else {
            socket.sendText(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void onClose(Runnable callback) {
        synchronized (callbacks) {
            if (!gone) {
                callbacks.add(callback);
                return;
            }
        }
        callback.run();
    }

    private void listen() {
        try {
            var message = socket.receive();
            while (message != null && message.bytes().length <= RECEIVED_BYTES_MAX) {
                message = socket.receive();
            }
        } catch (IOException broken) {
            // Over, just as after a goodbye.
        }
        List<Runnable> toRun;
        synchronized (callbacks) {
            gone = true;
            toRun = List.copyOf(callbacks);
        }
        toRun.forEach(Runnable::run);
    }
}
