package io.coxswain.client;

import io.coxswain.http.IncomingBody;
import io.coxswain.http.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A watch whose body is one JSON document per line. In this process a frame is one event already
/// and may bring its object along; over the network frames are cut anywhere and joined here.
final class FramedWatch<T> implements WatchStream<T> {

    private final IncomingBody body;
    private final Function<Payload, WatchEvent<T>> decode;
    private final ArrayDeque<Payload> whole = new ArrayDeque<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    FramedWatch(IncomingBody body, Function<Payload, WatchEvent<T>> decode) {
        this.body = body;
        this.decode = decode;
    }

    @Override
    public @Nullable WatchEvent<T> poll() {
        while (whole.isEmpty()) {
            var frame = body.poll();
            if (frame == null) {
                if (body.ended()) {
                    throw ended();
                }
                return null;
            }
            take(frame);
        }
        return decode.apply(whole.remove());
    }

    @Override
    public void onEvent(Runnable wakeUp) {
        body.onData(wakeUp);
    }

    @Override
    public void close() {
        body.close();
    }

    private void take(Payload frame) {
        if (frame.source() != null && begun.size() == 0) {
            whole.add(frame);
            return;
        }
        var bytes = frame.bytes();
        var start = 0;
        for (var i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                begun.write(bytes, start, i - start);
                start = i + 1;
                finishLine();
            }
        }
        begun.write(bytes, start, bytes.length - start);
    }

    private void finishLine() {
        if (begun.size() > 0) {
            whole.add(Payload.of(begun.toByteArray()));
            begun.reset();
        }
    }

    private UncheckedIOException ended() {
        var failure = body.failure();
        return new UncheckedIOException(
                failure == null ? new IOException("the watch has ended") : failure);
    }
}
