package io.coxswain.http.netty;

import io.coxswain.http.BodyQueue;
import io.coxswain.http.Exchange;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection of a client, shared by many requests.
///
/// Asks for a sign of life when nothing came for a while, and closes when there is none: a watch
/// would otherwise wait for ever for a server that is gone.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the call when its stream closes.
final class Http2Client extends Http2FrameAdapter implements ClientConnection {

    private static final int WINDOW_BYTES = 1 << 20;
    private static final int RETURNED_BYTES_MIN = 128 << 10;
    private static final int HEADER_BYTES_MAX = 256 << 10;
    private static final int STREAMS_BEFORE_SETTINGS = 100;
    private static final long SILENCE_SECONDS = 15;

    private final Http2Connection connection = Http2Link.connection(false);
    private final Http2Connection.PropertyKey key = connection.newKey();
    private final AtomicInteger active = new AtomicInteger();
    private final Http2Link link;
    private volatile int streamsMax = STREAMS_BEFORE_SETTINGS;
    private volatile boolean retired;
    private volatile boolean reused;
    private boolean heard = true;
    private int lastProcessed = Integer.MAX_VALUE;

    @SuppressWarnings("this-escape") // Frames come only after the constructor, on this event loop.
    private Http2Client(Channel channel) {
        connection.addListener(new Closing());
        var handler =
                new Http2ConnectionHandlerBuilder()
                        .connection(connection)
                        .frameListener(this)
                        .initialSettings(
                                new Http2Settings()
                                        .pushEnabled(false)
                                        .maxHeaderListSize(HEADER_BYTES_MAX)
                                        .initialWindowSize(WINDOW_BYTES))
                        .gracefulShutdownTimeoutMillis(0)
                        .build();
        channel.pipeline().addLast(new Listening());
        this.link = Http2Link.install(channel, handler);
    }

    /// Makes `channel` speak HTTP/2 from now on.
    static Http2Client install(Channel channel) {
        var client = new Http2Client(channel);
        var watch =
                channel.eventLoop()
                        .scheduleWithFixedDelay(
                                client::checkLife,
                                SILENCE_SECONDS,
                                SILENCE_SECONDS,
                                TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> watch.cancel(false));
        return client;
    }

    @Override
    public boolean reserve() {
        while (open()) {
            var count = active.get();
            if (count >= streamsMax) {
                return false;
            }
            if (active.compareAndSet(count, count + 1)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean multiplexed() {
        return true;
    }

    @Override
    public boolean reused() {
        return reused;
    }

    @Override
    public boolean open() {
        return !retired && link.channel().isActive();
    }

    @Override
    public void retire() {
        retired = true;
        link.executor().execute(this::closeWhenIdle);
    }

    @Override
    public void close() {
        retired = true;
        link.kill();
    }

    @Override
    public void send(Call call) {
        Http1Head.check(call.request().headers());
        link.executor().execute(() -> write(call));
    }

    private void write(Call call) {
        var id = connection.local().incrementAndGetNextStreamId();
        if (id < 0 || !link.channel().isActive() || connection.goAwayReceived()) {
            retired = true;
            free();
            call.fail(new Call.NotProcessed("the connection takes no more requests"));
            return;
        }
        var request = call.request();
        var bytes = request.body().bytes();
        var written = link.head(id, fields(call), bytes.length == 0);
        var stream = link.stream(id);
        if (stream == null) {
            free();
            call.fail(notSent(written.cause()));
            return;
        }
        stream.setProperty(key, new Answering(call, id));
        call.onCancel(() -> cancel(id));
        if (bytes.length > 0) {
            link.data(id, Unpooled.wrappedBuffer(bytes), true);
        }
    }

    private static IOException notSent(@Nullable Throwable cause) {
        var text = cause == null ? "the stream was closed" : cause.getMessage();
        return cause instanceof Http2Exception failure
                        && failure.error() != Http2Error.REFUSED_STREAM
                ? new IOException(text, cause)
                : new Call.NotProcessed(String.valueOf(text));
    }

    private static Http2Headers fields(Call call) {
        var request = call.request();
        var fields = new DefaultHttp2Headers(false, request.headers().size() + 5);
        fields.method(request.method())
                .scheme("https")
                .path(RequestTarget.encode(request.rawPath(), request.query()));
        fields.authority(Objects.requireNonNullElse(request.header("host"), ""));
        Http2Link.copy(request.headers().without("host"), fields);
        if (request.body().bytes().length > 0) {
            fields.set("content-length", Integer.toString(request.body().bytes().length));
        }
        return fields;
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
        var max = settings.maxConcurrentStreams();
        streamsMax = max == null ? Integer.MAX_VALUE : (int) Math.min(max, Integer.MAX_VALUE);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int id, Http2Headers head, int padding, boolean end) {
        var answering = answering(id);
        if (answering != null) {
            answering.head(head, end);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int id,
            Http2Headers head,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end) {
        onHeadersRead(ctx, id, head, padding, end);
    }

    @Override
    public int onDataRead(
            ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
        var answering = answering(id);
        var length = data.readableBytes();
        if (answering == null || !answering.data(data, end)) {
            return length + padding;
        }
        return padding; // The rest is given back when it has been read.
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long errorCode) {
        var answering = answering(id);
        if (answering == null) {
            return;
        }
        if (errorCode == Http2Error.REFUSED_STREAM.code()) {
            answering.end(new Call.NotProcessed("the server refused the stream"));
        } else {
            var error = Http2Error.valueOf(errorCode);
            answering.end(new IOException("the server reset the stream: " + error));
        }
    }

    private @Nullable Answering answering(int id) {
        var stream = connection.stream(id);
        return stream == null ? null : stream.getProperty(key);
    }

    private void cancel(int id) {
        link.executor().execute(() -> link.reset(id, Http2Error.CANCEL));
    }

    private void free() {
        active.decrementAndGet();
        closeWhenIdle();
    }

    private void closeWhenIdle() {
        if (retired && active.get() == 0) {
            link.kill();
        }
    }

    private void checkLife() {
        if (heard) {
            heard = false;
            link.ping(1);
            return;
        }
        retired = true;
        link.kill();
    }

    /// Notes that the server is alive.
    private final class Listening extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            heard = true;
            ctx.fireChannelRead(message);
        }
    }

    /// Told of the end of streams, whatever ended them.
    private final class Closing extends Http2ConnectionAdapter {

        @Override
        public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
            retired = true;
            lastProcessed = lastStreamId;
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            reused = true;
            Answering answering = stream.removeProperty(key);
            if (answering != null) {
                answering.end(
                        stream.id() > lastProcessed
                                ? new Call.NotProcessed("the server is going away")
                                : new IOException("the connection was closed"));
                free();
            }
        }
    }

    /// One stream: the answer to one request.
    private final class Answering implements BodyQueue.Filler {

        private final Call call;
        private final int id;
        private final AtomicInteger unreturned = new AtomicInteger();
        private @Nullable BodyQueue body;

        Answering(Call call, int id) {
            this.call = call;
            this.id = id;
        }

        void head(Http2Headers head, boolean end) {
            if (body == null) {
                var status = Integer.parseInt(String.valueOf(head.status()));
                if (status < 200) {
                    return;
                }
                var headers = Http2Link.read(head);
                begin(status, headers);
            }
            if (end && body != null) {
                body.end();
            }
        }

        /// False when nobody wants the data.
        boolean data(ByteBuf data, boolean end) {
            if (body == null) {
                return false;
            }
            var wanted = true;
            if (data.isReadable()) {
                wanted = body.add(Payload.of(ByteBufUtil.getBytes(data)));
            }
            if (end) {
                body.end();
            }
            return wanted;
        }

        /// The stream is over; after a whole answer this changes nothing.
        void end(IOException reason) {
            if (body == null) {
                call.fail(reason);
            } else {
                body.fail(reason);
            }
        }

        private void begin(int status, Headers headers) {
            var arriving = new BodyQueue(this);
            body = arriving;
            if (!call.answer(new Exchange(status, headers, arriving))) {
                arriving.close();
            }
        }

        @Override
        public void taken(int bytes) {
            if (unreturned.addAndGet(bytes) < RETURNED_BYTES_MIN) {
                return;
            }
            link.executor()
                    .execute(() -> {
                        var count = unreturned.getAndSet(0);
                        if (count > 0) {
                            link.consumed(id, count);
                        }
                    });
        }

        @Override
        public void abandoned() {
            cancel(id);
        }
    }
}
