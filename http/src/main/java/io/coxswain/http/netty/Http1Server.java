package io.coxswain.http.netty;

import io.coxswain.http.Duplex;
import io.coxswain.http.Limits;
import io.coxswain.http.Payload;
import io.coxswain.http.Peer;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection of a server: one request at a time, in order.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
final class Http1Server extends ChannelInboundHandlerAdapter implements ServerConnection {

    /// How long a refused client may go on sending before the connection is closed under it.
    private static final long LINGER_MILLIS = 1000;

    /// What Go's servers answer with before there is a request to handle.
    private static final String BAD_REQUEST = "400 Bad Request";

    private static final String NO_HOST = ": missing required Host header";
    private static final String MANY_HOSTS = ": too many Host headers";
    private static final String HEADERS_TOO_LARGE = "431 Request Header Fields Too Large";

    private final Server server;
    private final Limits limits;
    private final Peer peer;
    private final RequestDecoder decoder;
    private final Deadline deadline = new Deadline();
    private final Channel channel;
    private @Nullable HttpRequest head;
    private @Nullable RequestTarget target;
    private @Nullable BodyCollector body;
    private @Nullable ServerExchange exchange;
    private boolean refused;
    private boolean closing;

    private Http1Server(Server server, Peer peer, Channel channel) {
        this.server = server;
        this.limits = server.limits();
        this.peer = peer;
        this.channel = channel;
        this.decoder = new RequestDecoder(limits, this::bytesCame);
    }

    /// Makes `channel` speak HTTP/1.1 from now on.
    static void install(Server server, Peer peer, Channel channel) {
        var connection = new Http1Server(server, peer, channel);
        connection.deadline.in(server.limits().headTimeout());
        channel.pipeline().addLast(connection.decoder, connection);
        server.add(connection);
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    boolean closing() {
        return closing;
    }

    @Override
    public void drain() {
        closing = true;
        if (exchange == null && head == null) {
            closeWhenFlushed();
        }
    }

    @Override
    public void expire() {
        channel.close();
    }

    @Override
    public void kill() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (refused) {
                return;
            }
            if (message instanceof HttpRequest request) {
                begin(ctx, request);
            }
            if (message instanceof HttpContent content && !refused) {
                receive(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        var current = exchange;
        if (current != null) {
            current.disconnected("the client closed the connection");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    /// The response is written: on to the next request, or not. On the event loop.
    void answered(boolean keepAlive) {
        exchange = null;
        if (!keepAlive || closing) {
            closeWhenFlushed();
            return;
        }
        deadline.in(limits.idleTimeout());
        try {
            decoder.resume();
        } catch (Exception e) {
            channel.close();
        }
    }

    /// Gives the connection away, with the bytes that already came.
    Duplex handOver() {
        var duplex = new ChannelDuplex(channel);
        deadline.clear();
        channel.pipeline().replace(this, "duplex", duplex);
        channel.pipeline().remove(decoder);
        channel.config().setAutoRead(true);
        return duplex;
    }

    private void bytesCame() {
        if (head == null && exchange == null) {
            deadline.in(limits.headTimeout());
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        var failure = request.decoderResult().cause();
        if (failure != null) {
            refuseMalformed(ctx, failure);
            return;
        }
        var fields = request.headers();
        if (fields.size() > limits.headersMax()) {
            refuse(ctx, 431, HEADERS_TOO_LARGE);
            return;
        }
        var hosts = fields.getAll("host").size();
        if (hosts != 1 && isHttp11(request)) {
            refuse(ctx, 400, BAD_REQUEST + (hosts == 0 ? NO_HOST : MANY_HOSTS));
            return;
        }
        try {
            target = RequestTarget.parse(request.uri());
        } catch (IllegalArgumentException e) {
            refuse(ctx, 400, BAD_REQUEST);
            return;
        }
        var length = HttpUtil.getContentLength(request, -1L);
        if (length > limits.bodyBytesMax()) {
            answerWithoutBody(ctx, request, target);
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ctx.writeAndFlush(ascii(ctx, "HTTP/1.1 100 Continue\r\n\r\n"));
        }
        head = request;
        body = new BodyCollector(length, limits.bodyBytesMax());
        deadline.in(limits.bodyTimeout());
    }

    private void receive(ChannelHandlerContext ctx, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            refuse(ctx, 400, BAD_REQUEST);
            return;
        }
        var raw = head;
        var where = target;
        if (body == null || raw == null || where == null) {
            return;
        }
        if (!body.add(content.content())) {
            answerWithoutBody(ctx, raw, where);
            return;
        }
        if (content instanceof LastHttpContent) {
            answer(ctx, raw, where, body.payload());
        }
    }

    /// The body is too long: the handler says so to those it may talk to. What is still coming is
    /// thrown away, and the connection ends.
    private void answerWithoutBody(
            ChannelHandlerContext ctx, HttpRequest raw, RequestTarget where) {
        refused = true;
        closing = true;
        answer(ctx, raw, where, Payload.tooLarge(limits.bodyBytesMax()));
    }

    private void answer(
            ChannelHandlerContext ctx, HttpRequest raw, RequestTarget where, Payload sent) {
        var method = raw.method().name();
        var request =
                new Request(
                        method,
                        where.path(),
                        where.rawPath(),
                        where.query(),
                        Http1Head.read(raw.headers()),
                        sent,
                        peer);
        var out =
                new Http1Outbound(
                        ctx,
                        this,
                        isHttp11(raw),
                        method.equals("HEAD"),
                        !refused && HttpUtil.isKeepAlive(raw));
        head = null;
        body = null;
        target = null;
        deadline.clear();
        var started = new ServerExchange(server, request, out);
        exchange = started;
        started.start();
    }

    private void refuseMalformed(ChannelHandlerContext ctx, Throwable failure) {
        switch (failure) {
            case TooLongHttpLineException line -> refuse(ctx, 431, HEADERS_TOO_LARGE);
            case TooLongHttpHeaderException fields -> refuse(ctx, 431, HEADERS_TOO_LARGE);
            default -> refuse(ctx, 400, BAD_REQUEST);
        }
    }

    /// Answers without the handler and closes. What the client is still sending is thrown away for
    /// a while, because closing at once could destroy the answer on its way.
    private void refuse(ChannelHandlerContext ctx, int status, String text) {
        refused = true;
        closing = true;
        deadline.clear();
        var body = Response.text(status, text);
        new Http1Outbound(ctx, this, true, false, false).full(body);
    }

    private void closeWhenFlushed() {
        var flushed = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (!refused) {
            flushed.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        flushed.addListener(written -> endOutput());
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Tells the client that nothing more comes, so that it need not wait for the end of the
    /// linger.
    private void endOutput() {
        var tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else if (channel instanceof DuplexChannel plain) {
            plain.shutdownOutput();
        }
    }

    private static boolean isHttp11(HttpRequest request) {
        return request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    private static ByteBuf ascii(ChannelHandlerContext ctx, String text) {
        return ByteBufUtil.writeAscii(ctx.alloc(), text);
    }
}
