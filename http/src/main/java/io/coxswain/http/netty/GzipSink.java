package io.coxswain.http.netty;

import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Holds the start of a stream back until it is clear whether it is worth compressing: it is when
/// more than [Gzip#BYTES_MIN] come before the first flush.
final class GzipSink implements Response.Sink {

    private static final int TOGETHER_BYTES = 16 << 10;

    private enum State {
        WAITING,
        PLAIN,
        COMPRESSING
    }

    private final Response.Streaming streaming;
    private final Outbound out;
    private final StreamSink sink;
    private final List<Payload> held = new ArrayList<>();
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    private @Nullable GZIPOutputStream gzip;
    private int heldBytes;
    private State state = State.WAITING;

    GzipSink(Response.Streaming streaming, Outbound out, StreamSink sink) {
        this.streaming = streaming;
        this.out = out;
        this.sink = sink;
    }

    @Override
    public void write(Payload frame) throws IOException {
        switch (state) {
            case WAITING -> hold(frame);
            case PLAIN -> sink.write(frame);
            case COMPRESSING -> compress(frame);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (state == State.COMPRESSING) {
            compress(bytes, from, length);
        } else {
            Response.Sink.super.write(bytes, from, length);
        }
    }

    @Override
    public void flush() throws IOException {
        if (state == State.WAITING) {
            startPlain();
        }
        if (state == State.PLAIN) {
            sink.flush();
        }
    }

    @Override
    public void onClose(Runnable callback) {
        sink.onClose(callback);
    }

    /// The producer has returned.
    void finish() throws IOException {
        if (state == State.WAITING) {
            startPlain();
        }
        if (gzip != null) {
            gzip.close();
            passOn();
        }
    }

    private void hold(Payload frame) throws IOException {
        held.add(frame);
        heldBytes += frame.bytes().length;
        if (heldBytes <= Gzip.BYTES_MIN) {
            return;
        }
        state = State.COMPRESSING;
        gzip = Gzip.stream(compressed);
        out.head(streaming.status(), Gzip.mark(streaming.headers()));
        for (var early : held) {
            compress(early);
        }
        held.clear();
    }

    private void startPlain() throws IOException {
        state = State.PLAIN;
        out.head(streaming.status(), streaming.headers());
        for (var early : held) {
            sink.write(early);
        }
        held.clear();
    }

    private void compress(Payload frame) throws IOException {
        compress(frame.bytes(), 0, frame.bytes().length);
    }

    private void compress(byte[] bytes, int from, int length) throws IOException {
        if (gzip != null) {
            gzip.write(bytes, from, length);
        }
        if (compressed.size() >= TOGETHER_BYTES) {
            passOn();
        }
    }

    private void passOn() throws IOException {
        sink.write(Payload.of(compressed.toByteArray()));
        compressed.reset();
    }
}
