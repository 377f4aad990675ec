package io.coxswain.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/// What a handler answers: a whole body, a stream of frames, or the take-over of the connection.
public sealed interface Response {

    int status();

    Headers headers();

    /// This response with its headers changed.
    Response withHeaders(UnaryOperator<Headers> change);

    /// A body that is known in full.
    record Full(int status, Headers headers, Payload body) implements Response {
        @Override
        public Full withHeaders(UnaryOperator<Headers> change) {
            return new Full(status, change.apply(headers), body);
        }
    }

    /// A body made while it is sent: lists, watches, logs. The producer runs on a virtual thread;
    /// when it returns, the body ends; when it throws, the stream is cut.
    record Streaming(int status, Headers headers, Producer producer) implements Response {
        @Override
        public Streaming withHeaders(UnaryOperator<Headers> change) {
            return new Streaming(status, change.apply(headers), producer);
        }
    }

    /// `101 Switching Protocols` (HTTP/1.1 only): from here on the bytes belong to `session`, which
    /// runs on a virtual thread and owns the connection until it returns.
    record Upgrade(Headers headers, Session session) implements Response {
        @Override
        public int status() {
            return 101;
        }

        @Override
        public Upgrade withHeaders(UnaryOperator<Headers> change) {
            return new Upgrade(change.apply(headers), session);
        }
    }

    /// Produces the frames of a streamed body.
    @FunctionalInterface
    interface Producer {
        void writeTo(Sink sink) throws IOException;
    }

    /// Takes the frames of a streamed body. Blocks while the receiver is slower than the producer.
    interface Sink {
        /// Sends one frame; throws [IOException] when the receiver is gone.
        void write(Payload frame) throws IOException;

        /// The same for a part of an array, which is copied before this returns.
        default void write(byte[] bytes, int from, int length) throws IOException {
            write(Payload.of(Arrays.copyOfRange(bytes, from, from + length)));
        }

        /// Asks that what was written leaves now rather than together with later frames.
        void flush() throws IOException;

        /// Runs `callback` once when the receiver goes away, so that a waiting producer can end.
        void onClose(Runnable callback);
    }

    /// Uses a connection after an upgrade.
    @FunctionalInterface
    interface Session {
        void run(Duplex connection) throws IOException;
    }

    static Full of(int status, String contentType, Payload body) {
        return new Full(status, Headers.of("content-type", contentType), body);
    }

    static Full text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", Payload.of(text));
    }
}
