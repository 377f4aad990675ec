package io.coxswain.http.netty;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import io.coxswain.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// Writes one response to an HTTP/1.1 connection.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the handlers.
final class Http1Outbound implements Outbound {

    /// Up to this size copying into one buffer is cheaper than sending two.
    private static final int COPIED_BYTES_MAX = 4 << 10;

    private static final int HEAD_BYTES = 512;
    private static final byte[] LINE_END = {'\r', '\n'};

    private final ChannelHandlerContext ctx;
    private final Http1Server connection;
    private final boolean http11;
    private final boolean headOnly;
    private final boolean keepAlive;

    Http1Outbound(
            ChannelHandlerContext ctx,
            Http1Server connection,
            boolean http11,
            boolean headOnly,
            boolean keepAlive) {
        this.ctx = ctx;
        this.connection = connection;
        this.http11 = http11;
        this.headOnly = headOnly;
        this.keepAlive = keepAlive;
    }

    @Override
    public void full(Response.Full response) {
        Http1Head.check(response.headers());
        run(() -> writeFull(response));
    }

    @Override
    public void head(int status, Headers headers) {
        Http1Head.check(headers);
        run(() -> writeHead(status, headers));
    }

    @Override
    public void body(ByteBuf bytes, Runnable left) {
        run(() -> writeChunk(bytes, left));
    }

    @Override
    public void end() {
        run(() -> {
            if (http11 && !headOnly) {
                var last = ctx.alloc().buffer(8);
                ByteBufUtil.writeAscii(last, "0\r\n\r\n");
                ctx.writeAndFlush(last);
            }
            connection.answered(http11 && keepAlive);
        });
    }

    @Override
    public void cut() {
        ctx.close();
    }

    @Override
    public Duplex upgrade(Headers headers) throws IOException {
        Http1Head.check(headers);
        var taken = new CompletableFuture<Duplex>();
        run(() -> takeOver(headers, taken));
        try {
            return taken.get();
        } catch (ExecutionException e) {
            throw new IOException("the connection could not be taken over", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during an upgrade", e);
        }
    }

    @Override
    public EventExecutor loop() {
        return ctx.executor();
    }

    @Override
    public ByteBufAllocator allocator() {
        return ctx.alloc();
    }

    private void run(Runnable task) {
        if (ctx.executor().inEventLoop()) {
            task.run();
        } else {
            ctx.executor().execute(task);
        }
    }

    private void writeFull(Response.Full response) {
        var status = response.status();
        var bytes = response.body().bytes();
        var empty = status == 204 || status == 304;
        var length = empty || headOnly ? 0 : bytes.length;
        var copied = length <= COPIED_BYTES_MAX;
        var head = ctx.alloc().buffer(HEAD_BYTES + (copied ? length : 0));
        startHead(head, status, response.headers(), keepAlive);
        if (!empty) {
            var stated = headOnly ? response.headers().first("content-length") : null;
            var size = stated == null ? Integer.toString(bytes.length) : stated;
            Http1Head.field(head, "content-length", size);
        }
        Http1Head.end(head);
        if (copied) {
            ctx.writeAndFlush(head.writeBytes(bytes, 0, length));
        } else {
            ctx.write(head);
            ctx.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        }
        connection.answered(keepAlive);
    }

    private void writeHead(int status, Headers headers) {
        var head = ctx.alloc().buffer(HEAD_BYTES);
        startHead(head, status, headers, http11 && keepAlive);
        if (http11) {
            Http1Head.field(head, "transfer-encoding", "chunked");
        }
        Http1Head.end(head);
        ctx.writeAndFlush(head);
    }

    private void startHead(ByteBuf head, int status, Headers headers, boolean staying) {
        Http1Head.status(head, status);
        Http1Head.fields(head, headers);
        if (!staying || connection.closing()) {
            Http1Head.field(head, "connection", "close");
        } else if (!http11) {
            Http1Head.field(head, "connection", "keep-alive");
        }
    }

    private void writeChunk(ByteBuf bytes, Runnable left) {
        if (!http11) {
            ctx.writeAndFlush(bytes).addListener(sent -> left.run());
            return;
        }
        var start = ctx.alloc().buffer(16);
        ByteBufUtil.writeAscii(start, Integer.toHexString(bytes.readableBytes()));
        Http1Head.end(start);
        ctx.write(start);
        ctx.write(bytes);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(LINE_END)).addListener(sent -> left.run());
    }

    private void takeOver(Headers headers, CompletableFuture<Duplex> taken) {
        if (!ctx.channel().isActive()) {
            taken.completeExceptionally(new IOException("the client is gone"));
            return;
        }
        var head = ctx.alloc().buffer(HEAD_BYTES);
        Http1Head.status(head, 101);
        Http1Head.fields(head, headers.without("connection"));
        Http1Head.field(head, "connection", "Upgrade");
        var protocol = headers.first("upgrade");
        if (protocol != null) {
            Http1Head.field(head, "upgrade", protocol);
        }
        Http1Head.end(head);
        ctx.writeAndFlush(head);
        taken.complete(connection.handOver());
    }
}
