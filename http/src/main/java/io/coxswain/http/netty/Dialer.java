package io.coxswain.http.netty;

import io.coxswain.http.ClientOptions;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// Makes connections to one server, on the caller's thread.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
final class Dialer {

    private final URI base;
    private final ClientOptions options;
    private final Consumer<Http1Client> onIdle;

    Dialer(URI base, ClientOptions options, Consumer<Http1Client> onIdle) {
        this.base = base;
        this.options = options;
        this.onIdle = onIdle;
    }

    boolean secure() {
        return "https".equals(base.getScheme());
    }

    /// @param context null for plain HTTP
    ClientConnection dial(@Nullable SslContext context) throws IOException {
        var failure = new IOException("no address for " + base.getHost());
        for (var address : addresses()) {
            try {
                return dial(address, context);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private List<InetSocketAddress> addresses() throws IOException {
        var fixed = options.address();
        if (fixed != null && !fixed.isUnresolved()) {
            return List.of(fixed);
        }
        var host = fixed == null ? host() : fixed.getHostString();
        var port = fixed == null ? port() : fixed.getPort();
        return List.of(InetAddress.getAllByName(host)).stream()
                .map(one -> new InetSocketAddress(one, port))
                .toList();
    }

    private ClientConnection dial(InetSocketAddress address, @Nullable SslContext context)
            throws IOException {
        var channel = connect(address);
        try {
            return await(context == null ? speakPlainly(channel) : negotiate(channel, context));
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot talk to " + address + ": " + rootMessage(e), e);
        }
    }

    /// A connected channel that does not read yet, so that no byte comes before its handler.
    private Channel connect(InetSocketAddress address) throws IOException {
        var connecting =
                new Bootstrap()
                        .group(EventLoops.shared())
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.AUTO_READ, false)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.SO_KEEPALIVE, true)
                        .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), 30)
                        .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 15)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) options.connectTimeout().toMillis())
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {}
                                })
                        .connect(address);
        await(connecting);
        return connecting.channel();
    }

    private CompletableFuture<ClientConnection> speakPlainly(Channel channel) {
        return CompletableFuture.supplyAsync(() -> install(channel, false), channel.eventLoop());
    }

    /// The TLS handshake, and then the protocol that it chose.
    private CompletableFuture<ClientConnection> negotiate(Channel channel, SslContext context) {
        var name = options.tls().serverName();
        var handler = context.newHandler(channel.alloc(), name == null ? host() : name, port());
        handler.setHandshakeTimeoutMillis(options.connectTimeout().toMillis());
        var negotiation = new Negotiation();
        // In one turn of the event loop, or the handshake could run ahead of the second handler.
        channel.eventLoop()
                .execute(() -> {
                    channel.pipeline().addLast(handler, negotiation);
                    channel.config().setAutoRead(true);
                });
        return negotiation.made;
    }

    /// On the event loop, so that no byte comes before its handler.
    private ClientConnection install(Channel channel, boolean http2) {
        ClientConnection made =
                http2 ? Http2Client.install(channel) : Http1Client.install(channel, onIdle);
        channel.config().setAutoRead(true);
        return made;
    }

    private final class Negotiation extends ApplicationProtocolNegotiationHandler {

        final CompletableFuture<ClientConnection> made = new CompletableFuture<>();

        Negotiation() {
            super(ApplicationProtocolNames.HTTP_1_1);
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            made.complete(install(ctx.channel(), protocol.equals(ApplicationProtocolNames.HTTP_2)));
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
            exceptionCaught(ctx, cause);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            made.completeExceptionally(cause);
            ctx.close();
        }
    }

    private <T> T await(Future<T> future) throws IOException {
        try {
            return future.get(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException("no connection within " + options.connectTimeout(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting");
        }
    }

    private static @Nullable String rootMessage(Throwable failure) {
        var cause = failure;
        for (var next = cause.getCause(); next != null; next = next.getCause()) {
            cause = next;
        }
        return cause.getMessage();
    }

    private String host() {
        var host = base.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private int port() {
        return base.getPort() >= 0 ? base.getPort() : secure() ? 443 : 80;
    }
}
