package io.coxswain.http.netty;

import io.coxswain.http.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a new connection goes through before it speaks HTTP: the TLS handshake and the choice of
/// the protocol.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
final class ServerPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(ServerPipeline.class);

    private static final int CLIENT_HELLO_BYTES_MAX = 64 << 10;

    private ServerPipeline() {}

    static void open(Server server, @Nullable ServerTls tls, Channel channel) {
        if (tls == null) {
            var peer = ClientCertificates.peer(Server.remote(channel), null, List.of());
            Http1Server.install(server, peer, channel);
            return;
        }
        var timeout = server.limits().headTimeout().toMillis();
        var byName =
                new SniHandler(
                        (@Nullable String name) -> server.context(tls, name == null ? "" : name),
                        CLIENT_HELLO_BYTES_MAX,
                        timeout);
        channel.pipeline().addLast(byName, new Negotiation(server, tls));
    }

    private static final class Negotiation extends ApplicationProtocolNegotiationHandler {

        private final Server server;
        private final ServerTls tls;

        Negotiation(Server server, ServerTls tls) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.server = server;
            this.tls = tls;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
            var session = ctx.pipeline().get(SslHandler.class).engine().getSession();
            var authorities = tls.clientAuthorities().get();
            var channel = ctx.channel();
            var peer = ClientCertificates.peer(Server.remote(channel), session, authorities);
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                Http2Server.install(server, peer, channel);
            } else {
                Http1Server.install(server, peer, channel);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("TLS handshake error from {}", ctx.channel().remoteAddress(), cause);
            ctx.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            LOG.debug("TLS error from {}", ctx.channel().remoteAddress(), cause);
            ctx.close();
        }
    }
}
