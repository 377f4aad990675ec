package io.coxswain.apiserver.audit;

import io.coxswain.http.Duplex;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers that somebody is told about when they are over.
final class Observed {

    /// Longer bodies are not written down.
    static final int KEPT_BYTES_MAX = 10 << 20;

    private Observed() {}

    /// @param keeps whether the body is wanted
    /// @param over told once, with the body or null
    static Response watched(Response response, boolean keeps, Consumer<byte @Nullable []> over) {
        return switch (response) {
            case Response.Full full -> full;
            case Response.Streaming stream
                    when !keeps && stream.producer() instanceof Rounds.Producer rounds ->
                    new Response.Streaming(
                            stream.status(), stream.headers(), new Round(rounds, over));
            case Response.Streaming stream ->
                    new Response.Streaming(
                            stream.status(),
                            stream.headers(),
                            sink -> produce(stream.producer(), sink, keeps, over));
            case Response.Upgrade upgrade ->
                    new Response.Upgrade(
                            upgrade.headers(),
                            connection -> session(upgrade.session(), connection, over));
        };
    }

    private static void produce(
            Response.Producer producer,
            Response.Sink sink,
            boolean keeps,
            Consumer<byte @Nullable []> over)
            throws IOException {
        var copy = keeps ? new Copy(sink) : null;
        try {
            producer.writeTo(copy == null ? sink : copy);
        } finally {
            over.accept(copy == null ? null : copy.bytes());
        }
    }

    private static void session(
            Response.Session session, Duplex connection, Consumer<byte @Nullable []> over)
            throws IOException {
        try {
            session.run(connection);
        } finally {
            over.accept(null);
        }
    }

    private record Round(Rounds.Producer rounds, Consumer<byte @Nullable []> over)
            implements Rounds.Producer {
        @Override
        public boolean prompt() {
            return rounds.prompt();
        }

        @Override
        public Rounds begin(Runnable wakeUp) {
            var begun = rounds.begin(wakeUp);
            return new Rounds() {
                private boolean closed;

                @Override
                public @Nullable Duration next(Response.Sink sink) throws IOException {
                    return begun.next(sink);
                }

                @Override
                public void close() {
                    begun.close();
                    if (!closed) {
                        closed = true;
                        over.accept(null);
                    }
                }
            };
        }
    }

    private static final class Copy implements Response.Sink {
        private final Response.Sink sink;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private boolean tooLong;

        Copy(Response.Sink sink) {
            this.sink = sink;
        }

        @Override
        public void write(Payload frame) throws IOException {
            var bytes = frame.bytes();
            tooLong |= kept.size() + bytes.length > KEPT_BYTES_MAX;
            if (!tooLong) {
                kept.writeBytes(bytes);
            }
            sink.write(frame);
        }

        @Override
        public void flush() throws IOException {
            sink.flush();
        }

        @Override
        public void onClose(Runnable callback) {
            sink.onClose(callback);
        }

        byte @Nullable [] bytes() {
            return tooLong ? null : kept.toByteArray();
        }
    }
}
