package io.coxswain.http.netty;

import io.coxswain.base.Clock;
import io.coxswain.http.BodyQueue;
import io.coxswain.http.Exchange;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection of a client: one request at a time.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
final class Http1Client extends ChannelInboundHandlerAdapter implements ClientConnection {

    private static final int UNREAD_BYTES_MAX = 256 << 10;
    private static final int COPIED_BYTES_MAX = 4 << 10;
    private static final long IDLE_NANOS_MAX = TimeUnit.SECONDS.toNanos(45);

    private final Channel channel;
    private final Consumer<Http1Client> onIdle;
    private final ResponseDecoder decoder = new ResponseDecoder();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean retired;
    private volatile boolean reused;
    private volatile long idleSince;
    private @Nullable Call call;
    private @Nullable BodyQueue body;
    private boolean keepAlive;
    private boolean interim;

    private Http1Client(Channel channel, Consumer<Http1Client> onIdle) {
        this.channel = channel;
        this.onIdle = onIdle;
    }

    /// Makes `channel` speak HTTP/1.1 from now on.
    ///
    /// @param onIdle is told when a request is done and another may be sent
    static Http1Client install(Channel channel, Consumer<Http1Client> onIdle) {
        var client = new Http1Client(channel, onIdle);
        channel.pipeline().addLast(client.decoder, client);
        return client;
    }

    @Override
    public boolean reserve() {
        if (reused && Clock.SYSTEM.nanos() - idleSince > IDLE_NANOS_MAX) {
            retire(); // The server may be closing it at this moment.
            return false;
        }
        return open() && busy.compareAndSet(false, true);
    }

    @Override
    public boolean multiplexed() {
        return false;
    }

    @Override
    public boolean reused() {
        return reused;
    }

    @Override
    public boolean open() {
        return channel.isActive() && !retired;
    }

    @Override
    public void retire() {
        retired = true;
        if (busy.compareAndSet(false, true)) {
            channel.close();
        }
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void send(Call sent) {
        Http1Head.check(sent.request().headers());
        sent.onCancel(channel::close);
        channel.eventLoop().execute(() -> write(sent));
    }

    private void write(Call sent) {
        if (!channel.isActive()) {
            sent.fail(new Call.NotProcessed("the connection was closed"));
            return;
        }
        call = sent;
        var request = sent.request();
        decoder.expect(request.method().equals("HEAD"));
        var bytes = request.body().bytes();
        var copied = bytes.length <= COPIED_BYTES_MAX;
        var head = channel.alloc().buffer(1024 + (copied ? bytes.length : 0));
        Http1Head.request(
                head, request.method(), RequestTarget.encode(request.rawPath(), request.query()));
        Http1Head.fields(head, request.headers());
        if (sent.upgrade()) {
            Http1Head.field(head, "connection", "Upgrade");
            request.headers().all("upgrade").forEach(to -> Http1Head.field(head, "upgrade", to));
        }
        if (bytes.length > 0 || expectsBody(request)) {
            Http1Head.field(head, "content-length", Integer.toString(bytes.length));
        }
        Http1Head.end(head);
        if (copied) {
            channel.writeAndFlush(head.writeBytes(bytes));
        } else {
            channel.write(head);
            channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }
    }

    private static boolean expectsBody(Request request) {
        return switch (request.method()) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HttpResponse response) {
                begin(ctx, response);
            }
            if (message instanceof HttpContent content) {
                receive(ctx, content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        broken(new IOException("the server closed the connection"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken(new IOException("the connection broke: " + cause.getMessage(), cause));
        ctx.close();
    }

    private void begin(ChannelHandlerContext ctx, HttpResponse response) {
        var current = call;
        if (current == null || response.decoderResult().isFailure()) {
            broken(new IOException("malformed response", response.decoderResult().cause()));
            ctx.close();
            return;
        }
        var status = response.status().code();
        interim = status < 200 && status != 101;
        if (interim) {
            return;
        }
        var headers = Http1Head.read(response.headers());
        if (status == 101) {
            handOver(ctx, current, headers);
            return;
        }
        keepAlive = HttpUtil.isKeepAlive(response) && !current.upgrade();
        var arriving = new BodyQueue(new Reading());
        body = arriving;
        if (!current.answer(new Exchange(status, headers, arriving))) {
            ctx.close();
        }
    }

    private void receive(ChannelHandlerContext ctx, HttpContent content) {
        var current = body;
        if (current == null) {
            return;
        }
        if (content.decoderResult().isFailure()) {
            broken(new IOException("malformed response", content.decoderResult().cause()));
            ctx.close();
            return;
        }
        if (content.content().isReadable()) {
            current.add(Payload.of(ByteBufUtil.getBytes(content.content())));
            if (current.bytes() > UNREAD_BYTES_MAX) {
                channel.config().setAutoRead(false);
            }
        }
        if (content instanceof LastHttpContent && !interim) {
            finish(current);
        }
    }

    private void finish(BodyQueue complete) {
        call = null;
        body = null;
        reused = true;
        channel.config().setAutoRead(true);
        if (keepAlive && !retired) {
            idleSince = Clock.SYSTEM.nanos();
            busy.set(false);
            onIdle.accept(this);
            complete.end();
        } else {
            complete.end();
            channel.close();
        }
    }

    private void handOver(ChannelHandlerContext ctx, Call current, Headers headers) {
        if (!current.upgrade()) {
            broken(new IOException("the server switched protocols without being asked"));
            ctx.close();
            return;
        }
        call = null;
        var duplex = new ChannelDuplex(channel);
        ctx.pipeline().replace(this, "duplex", duplex);
        ctx.executor().execute(() -> ctx.pipeline().remove(decoder));
        if (!current.switched(new Exchange(101, headers, BodyQueue.of(Payload.EMPTY)), duplex)) {
            duplex.close();
        }
    }

    private void broken(IOException reason) {
        retired = true;
        var arriving = body;
        if (arriving != null) {
            arriving.fail(reason);
        }
        var current = call;
        if (current != null) {
            current.fail(reason);
        }
        body = null;
        call = null;
    }

    /// Reads on when the reader of the body has caught up.
    private final class Reading implements BodyQueue.Filler {

        @Override
        public void taken(int bytes) {
            var current = body;
            if (!channel.config().isAutoRead()
                    && (current == null || current.bytes() < UNREAD_BYTES_MAX / 2)) {
                channel.config().setAutoRead(true);
            }
        }

        @Override
        public void abandoned() {
            channel.close();
        }
    }
}
