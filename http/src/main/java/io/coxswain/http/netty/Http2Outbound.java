package io.coxswain.http.netty;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import io.coxswain.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;

/// Writes one response to a stream of an HTTP/2 connection.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the exchange when its stream closes.
final class Http2Outbound implements Outbound {

    private final Http2Link link;
    private final int stream;
    private final boolean headOnly;

    Http2Outbound(Http2Link link, int stream, boolean headOnly) {
        this.link = link;
        this.stream = stream;
        this.headOnly = headOnly;
    }

    @Override
    public void full(Response.Full response) {
        Http1Head.check(response.headers());
        run(() -> writeFull(response));
    }

    @Override
    public void head(int status, Headers headers) {
        Http1Head.check(headers);
        run(() -> link.head(stream, fields(status, headers), false));
    }

    @Override
    public void body(ByteBuf bytes, Runnable left) {
        run(() -> link.data(stream, bytes, false).addListener(sent -> left.run()));
    }

    @Override
    public void end() {
        run(() -> link.data(stream, Unpooled.EMPTY_BUFFER, true));
    }

    @Override
    public void cut() {
        run(() -> link.reset(stream, Http2Error.INTERNAL_ERROR));
    }

    @Override
    public Duplex upgrade(Headers headers) throws IOException {
        full(Response.text(400, "Upgrade needs HTTP/1.1\n"));
        throw new IOException("a stream of HTTP/2 cannot be taken over");
    }

    @Override
    public EventExecutor loop() {
        return link.executor();
    }

    @Override
    public ByteBufAllocator allocator() {
        return link.channel().alloc();
    }

    private void run(Runnable task) {
        if (link.executor().inEventLoop()) {
            task.run();
        } else {
            link.executor().execute(task);
        }
    }

    private void writeFull(Response.Full response) {
        var status = response.status();
        var bytes = response.body().bytes();
        var fields = fields(status, response.headers());
        if (status != 204 && status != 304) {
            var stated = headOnly ? response.headers().first("content-length") : null;
            fields.set("content-length", stated == null ? Integer.toString(bytes.length) : stated);
        }
        var bodiless = headOnly || bytes.length == 0;
        link.head(stream, fields, bodiless);
        if (!bodiless) {
            link.data(stream, Unpooled.wrappedBuffer(bytes), true);
        }
    }

    private static Http2Headers fields(int status, Headers headers) {
        var fields = new DefaultHttp2Headers(false, headers.size() + 2);
        fields.status(HttpResponseStatus.valueOf(status).codeAsText());
        Http2Link.copy(headers, fields);
        return fields;
    }
}
