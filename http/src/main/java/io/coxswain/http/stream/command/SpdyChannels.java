package io.coxswain.http.stream.command;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import io.coxswain.http.stream.Channels;
import io.coxswain.http.stream.SpdySession;
import io.coxswain.http.stream.SpdyStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The streams of a remote command as streams of a SPDY session, told apart by the header
/// `streamType` that the client opens them with.
final class SpdyChannels implements Channels {

    private static final String TYPE = "streamtype";
    private static final List<String> TYPES =
            List.of("stdin", "stdout", "stderr", "error", "resize");
    private static final long STREAMS_SECONDS = 30;

    private final SpdySession session;
    private final Map<Integer, SpdyStream> streams;

    private SpdyChannels(SpdySession session, Map<Integer, SpdyStream> streams) {
        this.session = session;
        this.streams = streams;
    }

    /// Waits until the client has opened all the streams that go with `options`.
    static SpdyChannels accept(Duplex connection, RemoteCommandOptions options, boolean resizes)
            throws IOException {
        var arrivals = new Arrivals(expected(options, resizes));
        var session = SpdySession.server(connection, arrivals);
        session.onEnd(arrivals::giveUp);
        var streams = arrivals.await();
        if (streams == null) {
            session.close();
            throw new IOException("timed out waiting for client to create streams");
        }
        return new SpdyChannels(session, streams);
    }

    private static List<Integer> expected(RemoteCommandOptions options, boolean resizes) {
        return EnumSet.allOf(Channel.class).stream()
                .filter(channel -> channel.wanted(options, resizes))
                .map(channel -> channel.number)
                .toList();
    }

    /// Opens the streams that go with `options`, in the order kubectl does.
    static SpdyChannels open(Duplex connection, RemoteCommandOptions options, boolean resizes)
            throws IOException {
        var session = SpdySession.client(connection, SpdySession.Listener.NONE);
        var streams = new HashMap<Integer, SpdyStream>();
        try {
            for (var channel : expected(options, resizes)) {
                streams.put(channel, session.open(Headers.of(TYPE, TYPES.get(channel))));
            }
        } catch (IOException refused) {
            session.close();
            throw refused;
        }
        return new SpdyChannels(session, Map.copyOf(streams));
    }

    @Override
    public InputStream input(int channel) {
        var stream = streams.get(channel);
        return stream == null ? InputStream.nullInputStream() : stream.input();
    }

    @Override
    public OutputStream output(int channel) {
        var stream = streams.get(channel);
        return stream == null ? OutputStream.nullOutputStream() : stream.output();
    }

    @Override
    public void finish(Duration grace) {
        session.finish(grace);
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public void onEnd(Runnable callback) {
        session.onEnd(callback);
    }

    private enum Channel {
        ERROR(StandardChannels.ERROR),
        STDIN(StandardChannels.STDIN),
        STDOUT(StandardChannels.STDOUT),
        STDERR(StandardChannels.STDERR),
        RESIZE(StandardChannels.RESIZE);

        private final int number;

        Channel(int number) {
            this.number = number;
        }

        boolean wanted(RemoteCommandOptions options, boolean resizes) {
            return switch (this) {
                case ERROR -> true;
                case STDIN -> options.stdin();
                case STDOUT -> options.stdout();
                case STDERR -> options.stderr();
                case RESIZE -> options.tty() && resizes;
            };
        }
    }

    /// Collects the streams a client opens.
    private static final class Arrivals implements SpdySession.Listener {
        private final List<Integer> expected;
        private final Map<Integer, SpdyStream> arrived = new HashMap<>();
        private final CountDownLatch complete = new CountDownLatch(1);

        Arrivals(List<Integer> expected) {
            this.expected = expected;
        }

        @Override
        public boolean accepts(Headers headers) {
            var type = headers.first(TYPE);
            return type != null && TYPES.contains(type);
        }

        @Override
        public void opened(SpdyStream stream) {
            synchronized (arrived) {
                arrived.put(TYPES.indexOf(stream.headers().first(TYPE)), stream);
                if (arrived.keySet().containsAll(expected)) {
                    complete.countDown();
                }
            }
        }

        void giveUp() {
            complete.countDown();
        }

        @Nullable Map<Integer, SpdyStream> await() throws IOException {
            try {
                complete.await(STREAMS_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            synchronized (arrived) {
                return arrived.keySet().containsAll(expected) ? Map.copyOf(arrived) : null;
            }
        }
    }
}
