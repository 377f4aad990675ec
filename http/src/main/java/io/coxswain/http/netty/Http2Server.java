package io.coxswain.http.netty;

import io.coxswain.http.Limits;
import io.coxswain.http.Payload;
import io.coxswain.http.Peer;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One HTTP/2 connection of a server. Works on frames, with a state of its own per stream: Netty's
/// channel per stream costs twice as much.
@SuppressWarnings("FutureReturnValueIgnored") // Failures reach the exchange when its stream closes.
final class Http2Server extends Http2FrameAdapter implements ServerConnection {

    private static final int WINDOW_BYTES = 256 << 10;
    private static final int RESET_WINDOW_SECONDS = 30;

    /// How long a client may go on sending a body that nobody wants.
    private static final long LINGER_MILLIS = 1000;

    /// A stream from its first frame to its last.
    private static final class Receiving {
        final Http2Headers head;
        final RequestTarget target;
        final BodyCollector body;
        @Nullable ServerExchange exchange;

        Receiving(Http2Headers head, RequestTarget target, BodyCollector body) {
            this.head = head;
            this.target = target;
            this.body = body;
        }
    }

    private final Server server;
    private final Limits limits;
    private final Peer peer;
    private final Http2Connection connection = Http2Link.connection(true);
    private final Http2Connection.PropertyKey key = connection.newKey();
    private final Deadline deadline = new Deadline();
    private final Http2Link link;
    private int receiving;

    @SuppressWarnings("this-escape") // Frames come only after the constructor, on this event loop.
    private Http2Server(Server server, Peer peer, Channel channel) {
        this.server = server;
        this.limits = server.limits();
        this.peer = peer;
        connection.addListener(new Closing());
        var settings =
                new Http2Settings()
                        .maxConcurrentStreams(limits.streamsMax())
                        .maxHeaderListSize(limits.headerBytesMax())
                        .initialWindowSize(WINDOW_BYTES);
        var handler =
                new Http2ConnectionHandlerBuilder()
                        .connection(connection)
                        .frameListener(this)
                        .initialSettings(settings)
                        .decoderEnforceMaxRstFramesPerWindow(
                                limits.resetsPerWindowMax(), RESET_WINDOW_SECONDS)
                        .encoderEnforceMaxRstFramesPerWindow(
                                limits.resetsPerWindowMax(), RESET_WINDOW_SECONDS)
                        .gracefulShutdownTimeoutMillis(limits.drainTimeout().toMillis())
                        .build();
        this.link = Http2Link.install(channel, handler);
    }

    /// Makes `channel` speak HTTP/2 from now on.
    static void install(Server server, Peer peer, Channel channel) {
        var made = new Http2Server(server, peer, channel);
        made.deadline.in(server.limits().headTimeout());
        server.add(made);
    }

    @Override
    public Channel channel() {
        return link.channel();
    }

    @Override
    public Deadline deadline() {
        return deadline;
    }

    @Override
    public void drain() {
        link.drain();
    }

    /// Without streams it may just be a pause: the client is told, so that it does not take the
    /// next request for lost.
    @Override
    public void expire() {
        if (connection.numActiveStreams() == 0) {
            link.drain();
        } else {
            link.kill();
        }
    }

    @Override
    public void kill() {
        link.kill();
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int id, Http2Headers head, int padding, boolean end) {
        var stream = connection.stream(id);
        if (stream == null) {
            return;
        }
        Receiving known = stream.getProperty(key);
        if (known != null) {
            if (known.exchange == null) {
                finish(id, known, end); // Trailers.
            }
            return;
        }
        begin(stream, head, end);
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
        var consumed = data.readableBytes() + padding;
        var stream = connection.stream(id);
        Receiving known = stream == null ? null : stream.getProperty(key);
        if (known == null) {
            return consumed;
        }
        if (known.exchange != null) {
            return consumed; // The rest of a body that is too long.
        }
        if (!known.body.add(data)) {
            received();
            answerWithoutBody(id, known, end);
            return consumed;
        }
        finish(id, known, end);
        return consumed;
    }

    private void begin(Http2Stream stream, Http2Headers head, boolean end) {
        var id = stream.id();
        if (head.size() > limits.headersMax()) {
            refuse(id, 431, "431 Request Header Fields Too Large", end);
            return;
        }
        var tooLong = false;
        var length = head.getLong("content-length", -1);
        if (length > limits.bodyBytesMax()) {
            // Not collected, whatever comes.
            tooLong = true;
        }
        var path = head.path();
        RequestTarget target;
        try {
            target = RequestTarget.parse(path == null ? "" : path.toString());
        } catch (IllegalArgumentException e) {
            refuse(id, 400, "400 Bad Request", end);
            return;
        }
        var body = new BodyCollector(length, limits.bodyBytesMax());
        var known = new Receiving(head, target, body);
        stream.setProperty(key, known);
        if (tooLong) {
            answerWithoutBody(id, known, end);
            return;
        }
        if (!end && receiving++ == 0) {
            deadline.in(limits.bodyTimeout());
        } else if (receiving == 0) {
            deadline.clear();
        }
        if (end) {
            answer(id, known);
        }
    }

    /// A frame of a request's body has come.
    private void finish(int id, Receiving known, boolean end) {
        if (!end) {
            return;
        }
        received();
        answer(id, known);
    }

    /// One request less whose body is awaited.
    private void received() {
        receiving--;
        if (receiving == 0) {
            deadline.clear();
        } else {
            deadline.in(limits.bodyTimeout());
        }
    }

    /// The body is too long: the handler says so to those it may talk to, and the client is asked
    /// to stop sending.
    private void answerWithoutBody(int id, Receiving known, boolean end) {
        answer(id, known, Payload.tooLarge(limits.bodyBytesMax()));
        if (!end) {
            link.executor()
                    .schedule(
                            () -> link.reset(id, Http2Error.NO_ERROR),
                            LINGER_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void answer(int id, Receiving known) {
        answer(id, known, known.body.payload());
    }

    private void answer(int id, Receiving known, Payload body) {
        var method = String.valueOf(known.head.method());
        var request =
                new Request(
                        method,
                        known.target.path(),
                        known.target.rawPath(),
                        known.target.query(),
                        Http2Link.read(known.head),
                        body,
                        peer);
        var out = new Http2Outbound(link, id, method.equals("HEAD"));
        var exchange = new ServerExchange(server, request, out);
        known.exchange = exchange;
        if (server.saysGoodbye() && !connection.goAwaySent()) {
            link.goAway();
        }
        exchange.start();
    }

    /// Answers without the handler, and asks the client to stop sending.
    private void refuse(int id, int status, String text, boolean ended) {
        new Http2Outbound(link, id, false).full(Response.text(status, text));
        if (!ended) {
            link.executor()
                    .schedule(() -> link.reset(id, Http2Error.NO_ERROR), 50, TimeUnit.MILLISECONDS);
        }
    }

    /// Told of every stream's end, whatever ended it.
    private final class Closing extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream stream) {
            Receiving known = stream.removeProperty(key);
            if (known != null && known.exchange == null) {
                received();
            } else if (known != null && known.exchange != null) {
                known.exchange.disconnected("the client reset the stream");
            }
            if (connection.numActiveStreams() == 0) {
                deadline.in(limits.idleTimeout());
            }
        }
    }
}
