package io.coxswain.http.netty;

import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.Exchange;
import io.coxswain.http.Request;
import io.coxswain.http.UnprocessedException;
import io.coxswain.http.Upgrade;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The connections to one server: HTTP/2 ones shared by all requests, HTTP/1.1 ones lent to one
/// request at a time. Used from virtual threads.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
public final class ClientPool {

    private static final int ATTEMPTS_MAX = 3;
    private static final int IDLE_MAX = 256;

    private final URI base;
    private final ClientOptions options;
    private final Dialer dialer;
    private final List<ClientConnection> all = new ArrayList<>();
    private final Deque<Http1Client> idle = new ArrayDeque<>();
    private @Nullable CompletableFuture<Void> dialing;
    private boolean http1;
    private boolean closed;
    private @Nullable TlsIdentity identity;
    private @Nullable SslContext context;

    public ClientPool(URI base, ClientOptions options) {
        this.base = base;
        this.options = options;
        this.dialer = new Dialer(base, options, this::idle);
    }

    public Exchange open(Request request) {
        var complete = complete(request);
        for (var attempt = 1; ; attempt++) {
            var call = new Call(complete, false);
            ClientConnection connection = null;
            try {
                connection = acquire();
                connection.send(call);
                return call.await(options.headTimeout());
            } catch (IOException e) {
                if (attempt == ATTEMPTS_MAX || !mayRetry(complete, connection, e)) {
                    throw new UncheckedIOException(connection == null ? unprocessed(e) : e);
                }
            }
        }
    }

    /// Without a connection nothing was sent.
    private static IOException unprocessed(IOException e) {
        return e instanceof ConnectException
                ? e
                : new UnprocessedException(String.valueOf(e.getMessage()), e);
    }

    /// Over a connection of its own, HTTP/1.1.
    public Upgrade upgrade(Request request) {
        var call = new Call(complete(request), true);
        SslContext once = null;
        try {
            once = dialer.secure() ? newContext(options.tls().identity().get(), false) : null;
            var connection = dialer.dial(once);
            connection.reserve();
            connection.send(call);
            var exchange = call.await(options.headTimeout());
            var duplex = call.connection();
            if (duplex != null) {
                return new Upgrade.Accepted(exchange.headers(), duplex);
            }
            return new Upgrade.Refused(exchange.full());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            ReferenceCountUtil.release(once);
        }
    }

    public void close() {
        List<ClientConnection> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(all);
            all.clear();
            idle.clear();
            ReferenceCountUtil.release(context);
            context = null;
        }
        open.forEach(ClientConnection::close);
    }

    /// With the default headers, the prefix of the base and the host.
    private Request complete(Request request) {
        var headers = request.headers();
        var given = headers;
        var defaults = options.headers().get();
        for (var entry : defaults.asMap().entrySet()) {
            if (given.first(entry.getKey()) == null) {
                for (var value : entry.getValue()) {
                    headers = headers.with(entry.getKey(), value);
                }
            }
        }
        if (headers.first("host") == null) {
            headers = headers.with("host", base.getRawAuthority());
        }
        var prefix = Objects.requireNonNullElse(base.getRawPath(), "");
        if (prefix.isEmpty() || prefix.equals("/")) {
            return request.withHeaders(headers);
        }
        var path = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return new Request(
                request.method(),
                path + request.path(),
                path + request.rawPath(),
                request.query(),
                headers,
                request.body(),
                request.peer());
    }

    private static boolean mayRetry(
            Request request, @Nullable ClientConnection connection, IOException failure) {
        if (failure instanceof Call.NotProcessed) {
            return true;
        }
        var idempotent = request.method().equals("GET") || request.method().equals("HEAD");
        return connection != null && connection.reused() && !connection.open() && idempotent;
    }

    private ClientConnection acquire() throws IOException {
        while (true) {
            CompletableFuture<Void> others;
            var mine = new CompletableFuture<Void>();
            synchronized (this) {
                if (closed) {
                    throw new IOException("the client is closed");
                }
                refresh();
                var free = free();
                if (free != null) {
                    return free;
                }
                // While it is not known to be HTTP/1.1, one connection may be enough for all.
                others = http1 ? null : dialing;
                if (others == null) {
                    dialing = mine;
                }
            }
            if (others == null) {
                return dialFor(mine);
            }
            others.join();
        }
    }

    private ClientConnection dialFor(CompletableFuture<Void> mine) throws IOException {
        try {
            SslContext secured;
            synchronized (this) {
                secured = context;
                ReferenceCountUtil.retain(secured);
            }
            ClientConnection made;
            try {
                made = dialer.dial(secured);
            } finally {
                ReferenceCountUtil.release(secured);
            }
            made.reserve();
            synchronized (this) {
                http1 = !made.multiplexed();
                if (closed) {
                    made.close();
                    throw new IOException("the client is closed");
                }
                all.add(made);
            }
            return made;
        } finally {
            synchronized (this) {
                dialing = null;
            }
            mine.complete(null);
        }
    }

    /// A place on a connection that is there, or null. With the lock held.
    private @Nullable ClientConnection free() {
        for (var next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.reserve()) {
                return next;
            }
        }
        all.removeIf(connection -> !connection.open());
        for (var connection : all) {
            if (connection.multiplexed() && connection.reserve()) {
                return connection;
            }
        }
        return null;
    }

    /// Follows a change of the client's certificate. With the lock held.
    private void refresh() {
        if (!dialer.secure()) {
            return;
        }
        var current = options.tls().identity().get();
        if (context != null && Objects.equals(current, identity)) {
            return;
        }
        all.forEach(ClientConnection::retire);
        all.clear();
        idle.clear();
        ReferenceCountUtil.release(context);
        identity = current;
        context = newContext(current, options.http2());
    }

    private SslContext newContext(@Nullable TlsIdentity whose, boolean http2) {
        return TlsContexts.client(options.tls(), whose, http2);
    }

    private void idle(Http1Client connection) {
        synchronized (this) {
            if (!closed && idle.size() < IDLE_MAX) {
                idle.addFirst(connection);
                return;
            }
        }
        connection.retire();
    }
}
