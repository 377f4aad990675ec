package io.coxswain.http.netty;

import io.coxswain.base.Clock;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.http.Handler;
import io.coxswain.http.Limits;
import io.coxswain.http.Patience;
import io.coxswain.http.ServerOptions;
import io.coxswain.http.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// A listening socket and everything that came in through it.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
public final class Server {

    private static final int CONTEXTS_MAX = 64;
    private static final long SWEEP_MILLIS = 250;

    private final ServerOptions options;
    private final Handler handler;
    private final Set<ServerExchange> inFlight = ConcurrentHashMap.newKeySet();
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<ContextKey, SslContext> contexts = new LinkedHashMap<>();
    private final Channel listening;
    private final ScheduledFuture<?> sweep;
    private volatile boolean closing;

    private record ContextKey(TlsIdentity identity, List<X509Certificate> authorities) {}

    private Server(ServerOptions options, Handler handler) {
        this.options = options;
        this.handler = handler;
        this.listening = bind();
        this.sweep =
                listening
                        .eventLoop()
                        .scheduleWithFixedDelay(
                                this::closeExpired,
                                SWEEP_MILLIS,
                                SWEEP_MILLIS,
                                TimeUnit.MILLISECONDS);
    }

    /// Binds the address; throws [UncheckedIOException] when that fails.
    public static Server start(ServerOptions options, Handler handler) {
        return new Server(options, handler);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /// Takes no more connections, lets requests in flight finish for as long as the limits say,
    /// then closes everything.
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        sweep.cancel(false);
        listening.close().syncUninterruptibly();
        connections.forEach(one -> one.channel().eventLoop().execute(one::drain));
        inFlight.forEach(ServerExchange::askToEnd);
        await(inFlight);
        connections.forEach(one -> one.channel().eventLoop().execute(one::drain));
        await(connections);
        connections.forEach(ServerConnection::kill);
        dropContexts();
    }

    Handler handler() {
        return handler;
    }

    Limits limits() {
        return options.limits();
    }

    Patience patience() {
        return options.patience();
    }

    /// Whether the next request is the last of its connection.
    boolean saysGoodbye() {
        var chance = options.goAwayChance();
        return chance > 0 && ThreadLocalRandom.current().nextDouble() < chance;
    }

    Set<ServerExchange> inFlight() {
        return inFlight;
    }

    void add(ServerConnection connection) {
        connections.add(connection);
        connection.channel().closeFuture().addListener(closed -> connections.remove(connection));
        if (closing) {
            connection.drain();
        }
    }

    /// The context for a client that asked for `serverName`; made again only when keys change.
    SslContext context(ServerTls tls, String serverName) {
        var key = new ContextKey(tls.identity().apply(serverName), tls.clientAuthorities().get());
        synchronized (contexts) {
            if (contexts.size() >= CONTEXTS_MAX) {
                dropContexts();
            }
            return contexts.computeIfAbsent(
                    key, made -> TlsContexts.server(made.identity(), made.authorities()));
        }
    }

    /// Connections that use a context keep it until they are closed.
    private void dropContexts() {
        synchronized (contexts) {
            contexts.values().forEach(ReferenceCountUtil::release);
            contexts.clear();
        }
    }

    private Channel bind() {
        var bootstrap =
                new ServerBootstrap()
                        .group(EventLoops.shared())
                        .channel(NioServerSocketChannel.class)
                        .option(ChannelOption.SO_BACKLOG, 1024)
                        .option(ChannelOption.SO_REUSEADDR, true)
                        .childOption(ChannelOption.TCP_NODELAY, true)
                        .childOption(ChannelOption.SO_KEEPALIVE, true)
                        .childOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), 30)
                        .childOption(
                                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 15)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        ServerPipeline.open(Server.this, options.tls(), channel);
                                    }
                                });
        var bound = bootstrap.bind(options.address()).awaitUninterruptibly();
        var failure = bound.cause();
        if (failure != null) {
            throw new UncheckedIOException(
                    new java.io.IOException(
                            "cannot listen on " + options.address() + ": " + failure.getMessage(),
                            failure));
        }
        return bound.channel();
    }

    private void closeExpired() {
        giveUpLate();
        for (var connection : connections) {
            if (connection.deadline().passed()) {
                connection.channel().eventLoop().execute(() -> expire(connection));
            }
        }
    }

    private void giveUpLate() {
        var now = Clock.SYSTEM.nanos();
        for (var exchange : inFlight) {
            if (exchange.late(now)) {
                exchange.giveUp();
            }
        }
    }

    /// Looks again on the event loop: a request may have come meanwhile.
    private static void expire(ServerConnection connection) {
        if (connection.deadline().passed()) {
            connection.expire();
        }
    }

    private void await(Set<?> emptying) {
        var end = Clock.SYSTEM.nanos() + limits().drainTimeout().toNanos();
        while (!emptying.isEmpty() && Clock.SYSTEM.nanos() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    static @Nullable InetSocketAddress remote(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address ? address : null;
    }
}
