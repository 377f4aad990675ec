package io.coxswain.http.stream.forward;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import io.coxswain.http.stream.Spdy;
import io.coxswain.http.stream.SpdySession;
import io.coxswain.http.stream.SpdyStream;
import io.coxswain.http.stream.UpgradeOffer;
import io.coxswain.http.stream.WebSocket;
import io.coxswain.http.stream.WebSocketDuplex;
import io.coxswain.http.stream.WebSockets;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The client's side of port forwarding, on a connection that was upgraded with one of the offers
/// made here. It is a connector, too: a kubelet forwards to its runtime with it.
public final class PortForwardClient implements PortForwardServer.Connector, AutoCloseable {

    private static final int FAILURE_BYTES_MAX = 16 * 1024;

    private final SpdySession session;
    private final AtomicInteger requests = new AtomicInteger();

    private PortForwardClient(SpdySession session) {
        this.session = session;
    }

    /// What to send to upgrade to a WebSocket with SPDY inside; kubectl tries this first.
    public static UpgradeOffer webSocketOffer() {
        return WebSockets.offer(List.of(PortForwardServer.TUNNEL));
    }

    public static UpgradeOffer spdyOffer() {
        return Spdy.offer(List.of(PortForwardServer.SPDY));
    }

    /// On a connection upgraded with [#webSocketOffer()].
    public static PortForwardClient overWebSocket(Duplex connection) {
        return overSpdy(new WebSocketDuplex(WebSocket.client(connection)));
    }

    /// On a connection upgraded with [#spdyOffer()].
    public static PortForwardClient overSpdy(Duplex connection) {
        return new PortForwardClient(SpdySession.client(connection, SpdySession.Listener.NONE));
    }

    /// Opens a connection to a port. That the server could not reach it shows in
    /// [Connection#failure()] after the data has ended.
    @Override
    public Connection dial(int port) throws IOException {
        var headers = Headers.of("port", "" + port, "requestid", "" + requests.getAndIncrement());
        var error = session.open(headers.with("streamtype", "error"));
        try {
            error.closeOutput();
            var data = session.open(headers.with("streamtype", "data"));
            return new Connection(data, error).start();
        } catch (IOException refused) {
            error.close();
            throw refused;
        }
    }

    public void onEnd(Runnable callback) {
        session.onEnd(callback);
    }

    @Override
    public void close() {
        session.close();
    }

    /// A forwarded connection; a failure at the server closes it.
    public static final class Connection implements ForwardedConnection {
        private final SpdyStream data;
        private final SpdyStream error;

        private final CompletableFuture<String> failure = new CompletableFuture<>();

        private Connection(SpdyStream data, SpdyStream error) {
            this.data = data;
            this.error = error;
        }

        private Connection start() {
            Thread.ofVirtual().name("port-forward-error").start(this::awaitFailure);
            return this;
        }

        private void awaitFailure() {
            var message = "";
            try {
                var bytes = error.input().readNBytes(FAILURE_BYTES_MAX);
                message = new String(bytes, StandardCharsets.UTF_8);
            } catch (IOException lost) {
                error.close();
            }
            failure.complete(message);
            if (!message.isEmpty()) {
                data.close();
            }
        }

        @Override
        public InputStream input() {
            return data.input();
        }

        @Override
        public OutputStream output() {
            return data.output();
        }

        @Override
        public void closeOutput() throws IOException {
            data.closeOutput();
        }

        @Override
        public @Nullable String failure() {
            var message = failure.join();
            return message.isEmpty() ? null : message;
        }

        /// Closes the data stream; what the server says on the error stream can still be read.
        @Override
        public void close() {
            data.close();
        }
    }
}
