package io.coxswain.http.netty;

import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The sink of one streamed response. Frames leave on flush, or when enough have come together.
final class StreamSink implements Response.Sink, ServerExchange.Streamed {

    private static final int TOGETHER_BYTES = 32 << 10;

    private final Outbound out;
    private final SendWindow window = new SendWindow();
    private final List<Runnable> callbacks = new ArrayList<>();
    private List<Payload> pending = new ArrayList<>();
    private int pendingBytes;
    private boolean closed;

    StreamSink(Outbound out) {
        this.out = out;
    }

    @Override
    public void write(Payload frame) throws IOException {
        pending.add(frame);
        pendingBytes += frame.bytes().length;
        if (pendingBytes >= TOGETHER_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        if (pendingBytes == 0) {
            return;
        }
        var frames = pending;
        var bytes = pendingBytes;
        pending = new ArrayList<>();
        pendingBytes = 0;
        window.enter(bytes);
        var all = frames.stream().map(Payload::bytes).toArray(byte[][]::new);
        out.body(Unpooled.wrappedBuffer(all.length, all), () -> window.leave(bytes));
    }

    @Override
    public void onClose(Runnable callback) {
        synchronized (callbacks) {
            if (!closed) {
                callbacks.add(callback);
                return;
            }
        }
        callback.run();
    }

    @Override
    public void disconnected(String reason) {
        window.fail(new IOException(reason));
        askToEnd();
    }

    /// Runs the callbacks, on a thread of their own: they are not ours and may block.
    @Override
    public void askToEnd() {
        List<Runnable> toRun;
        synchronized (callbacks) {
            closed = true;
            toRun = List.copyOf(callbacks);
            callbacks.clear();
        }
        if (!toRun.isEmpty()) {
            Thread.ofVirtual().name("http-close").start(() -> toRun.forEach(Runnable::run));
        }
    }
}
