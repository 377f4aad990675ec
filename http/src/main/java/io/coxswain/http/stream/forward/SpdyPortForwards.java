package io.coxswain.http.stream.forward;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import io.coxswain.http.stream.Pipes;
import io.coxswain.http.stream.SpdySession;
import io.coxswain.http.stream.SpdyStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Serves forwarded ports on one SPDY session. A client opens a pair of streams for each
/// connection, `streamType` error and data, that carry the same `port` and `requestID`.
final class SpdyPortForwards implements SpdySession.Listener {

    private static final int PAIRS_MAX = 500;

    private final PortForwardServer.Connector connector;
    private final Map<String, SpdyStream> waiting = new HashMap<>();

    private SpdyPortForwards(PortForwardServer.Connector connector) {
        this.connector = connector;
    }

    /// Serves until the client closes the connection.
    static void serve(Duplex connection, PortForwardServer.Connector connector) throws IOException {
        var forwards = new SpdyPortForwards(connector);
        try (var session = SpdySession.server(connection, forwards)) {
            session.awaitEnd();
        }
    }

    @Override
    public boolean accepts(Headers headers) {
        var type = headers.first("streamtype");
        var port = headers.first("port");
        if (type == null || port == null || !PortForwardServer.STREAM_TYPES.contains(type)) {
            return false;
        }
        try {
            return PortForwardServer.port(port, port) > 0 && waiting.size() < PAIRS_MAX;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /// Called by one thread only, as `accepts` is.
    @Override
    public void opened(SpdyStream stream) {
        var request = requestId(stream);
        var other = waiting.remove(request);
        if (other == null) {
            waiting.put(request, stream);
            return;
        }
        if (type(other).equals(type(stream))) {
            waiting.put(request, other);
            stream.close();
            return;
        }
        var data = type(stream).equals("data") ? stream : other;
        var error = data == stream ? other : stream;
        Thread.ofVirtual().name("port-forward").start(() -> forward(data, error));
    }

    private static String type(SpdyStream stream) {
        return String.valueOf(stream.headers().first("streamtype"));
    }

    /// Old clients send no id but open the data stream right after the error stream.
    private static String requestId(SpdyStream stream) {
        var id = stream.headers().first("requestid");
        if (id != null && !id.isEmpty()) {
            return id;
        }
        return "stream " + (type(stream).equals("error") ? stream.id() : stream.id() - 2);
    }

    private void forward(SpdyStream data, SpdyStream error) {
        var port = Integer.parseInt(String.valueOf(data.headers().first("port")));
        try {
            copy(data, error, port);
            error.closeOutput();
            error.close();
        } catch (IOException clientLost) {
            error.close();
        } finally {
            data.close();
        }
    }

    private void copy(SpdyStream data, SpdyStream error, int port) throws IOException {
        try (var target = connector.dial(port)) {
            Pipes.join(data, target);
            var failure = failureOf(target);
            if (failure != null) {
                throw new IOException(failure);
            }
        } catch (IOException failed) {
            PortForwardServer.writeError(error.output(), port, connector, failed);
        }
    }

    private static @Nullable String failureOf(Duplex target) {
        return target instanceof ForwardedConnection next ? next.failure() : null;
    }
}
