package io.coxswain.http.netty;

import io.coxswain.http.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/// The writing half of an HTTP/2 connection, the same for server and client.
///
/// What several streams write in one turn of the event loop leaves in one flush.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the stream's owner when it closes.
final class Http2Link {

    /// What may be on its way to this side on all streams together. HTTP/2 begins with 64 KB, with
    /// which a long list would wait for the reader four times a megabyte.
    private static final int CONNECTION_WINDOW_BYTES = 4 << 20;

    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext ctx;
    private boolean flushing;

    private Http2Link(Http2ConnectionHandler handler, ChannelHandlerContext ctx) {
        this.handler = handler;
        this.ctx = ctx;
    }

    /// A connection whose streams hold back only themselves: the window of the connection refills
    /// by itself, and a stream that nobody reads stops at its own. Priorities are not kept: nobody
    /// sends them any more (RFC 9113), and they cost as much as writing the frame.
    static Http2Connection connection(boolean server) {
        var connection = new DefaultHttp2Connection(server);
        connection
                .local()
                .flowController(new DefaultHttp2LocalFlowController(connection, 0.5f, true));
        var fairly = new UniformStreamByteDistributor(connection);
        connection
                .remote()
                .flowController(new DefaultHttp2RemoteFlowController(connection, fairly));
        return connection;
    }

    static Http2Link install(Channel channel, Http2ConnectionHandler handler) {
        channel.pipeline().addLast(handler, new BrokenConnection());
        var link = new Http2Link(handler, channel.pipeline().context(handler));
        link.widen();
        return link;
    }

    private void widen() {
        var connection = handler.connection();
        var more = CONNECTION_WINDOW_BYTES - Http2CodecUtil.DEFAULT_WINDOW_SIZE;
        try {
            connection
                    .local()
                    .flowController()
                    .incrementWindowSize(connection.connectionStream(), more);
            flushSoon();
        } catch (Http2Exception e) {
            handler.onError(ctx, true, e);
        }
    }

    /// A connection that breaks under its streams is closed; they hear of it from there.
    private static final class BrokenConnection extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    EventExecutor executor() {
        return ctx.executor();
    }

    Channel channel() {
        return ctx.channel();
    }

    @Nullable Http2Stream stream(int id) {
        return handler.connection().stream(id);
    }

    ChannelFuture head(int id, Http2Headers headers, boolean end) {
        var written = handler.encoder().writeHeaders(ctx, id, headers, 0, end, ctx.newPromise());
        flushSoon();
        return written;
    }

    ChannelFuture data(int id, ByteBuf bytes, boolean end) {
        var written = handler.encoder().writeData(ctx, id, bytes, 0, end, ctx.newPromise());
        flushSoon();
        return written;
    }

    void reset(int id, Http2Error error) {
        if (stream(id) != null) {
            handler.resetStream(ctx, id, error.code(), ctx.newPromise());
            flushSoon();
        }
    }

    /// Lets the other side send as many more bytes on this stream.
    void consumed(int id, int bytes) {
        var stream = stream(id);
        if (stream == null) {
            return;
        }
        try {
            if (handler.connection().local().flowController().consumeBytes(stream, bytes)) {
                flushSoon();
            }
        } catch (Exception e) {
            handler.onError(ctx, true, e);
        }
    }

    void ping(long content) {
        handler.encoder().writePing(ctx, false, content, ctx.newPromise());
        flushSoon();
    }

    /// Says goodbye and closes when the streams are done, or the handler's patience is over.
    void drain() {
        ctx.channel().close();
    }

    /// Asks the client to open a new connection for what comes next; streams go on.
    void goAway() {
        var last = handler.connection().remote().lastStreamCreated();
        var none = Http2Error.NO_ERROR.code();
        handler.goAway(ctx, last, none, Unpooled.EMPTY_BUFFER, ctx.newPromise());
        flushSoon();
    }

    void kill() {
        ctx.close();
    }

    /// All fields that may be sent over HTTP/2.
    static void copy(Headers from, Http2Headers to) {
        from.forEach((name, value) -> {
            if (!Http1Head.ofConnection(name) && !name.equals("content-length")) {
                to.add(name, value);
            }
        });
    }

    /// All fields but the pseudo ones, and the authority as `host`.
    static Headers read(Http2Headers fields) {
        var flat = new String[fields.size() * 2];
        var next = 0;
        for (var field : fields) {
            var name = field.getKey();
            if (!name.isEmpty() && name.charAt(0) != ':') {
                flat[next++] = name.toString();
                flat[next++] = field.getValue().toString();
            }
        }
        var authority = fields.authority();
        if (authority != null && !fields.contains("host")) {
            flat[next++] = "host";
            flat[next++] = authority.toString();
        }
        return Headers.of(java.util.Arrays.copyOf(flat, next));
    }

    private void flushSoon() {
        if (flushing) {
            return;
        }
        flushing = true;
        ctx.executor()
                .execute(() -> {
                    flushing = false;
                    handler.flush(ctx);
                });
    }
}
