package io.coxswain.http;

import io.coxswain.http.netty.ClientPool;
import java.net.URI;

/// Sends requests to one server over the network: HTTP/2 when the server speaks it (all requests
/// and watches over one connection), else HTTP/1.1 with a pool of connections.
///
/// Redirects are not followed and bodies not decompressed. A request is sent again only when the
/// server has certainly not acted on it, or when it is a GET on a connection that was reused.
public final class HttpClient implements Transport {

    private final ClientPool pool;

    private HttpClient(ClientPool pool) {
        this.pool = pool;
    }

    /// Connects when first used.
    ///
    /// @param base scheme, host, port and perhaps a path that every request's path is appended to
    public static HttpClient to(URI base, ClientOptions options) {
        if (base.getHost() == null) {
            throw new IllegalArgumentException("no host in " + base);
        }
        return new HttpClient(new ClientPool(base, options));
    }

    @Override
    public Exchange open(Request request) {
        return pool.open(request);
    }

    @Override
    public Upgrade upgrade(Request request) {
        return pool.upgrade(request);
    }

    /// Closes all connections; what is in flight fails.
    @Override
    public void close() {
        pool.close();
    }
}
