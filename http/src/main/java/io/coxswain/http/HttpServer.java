package io.coxswain.http;

import io.coxswain.http.netty.Server;
import java.net.InetSocketAddress;

/// Serves a [Handler] over HTTP/1.1 and, with TLS, HTTP/2.
///
/// The handler is called on a virtual thread per request, when the body is here in full. A fault it
/// throws is answered with 500 and logged.
public final class HttpServer implements AutoCloseable {

    private final Server server;

    private HttpServer(Server server) {
        this.server = server;
    }

    /// Throws [java.io.UncheckedIOException] when the address cannot be bound.
    public static HttpServer start(ServerOptions options, Handler handler) {
        return new HttpServer(Server.start(options, handler));
    }

    public int port() {
        return address().getPort();
    }

    public InetSocketAddress address() {
        return server.address();
    }

    /// Lets requests in flight finish (see [Limits#drainTimeout]); streams are asked to end through
    /// [Response.Sink#onClose].
    @Override
    public void close() {
        server.close();
    }
}
