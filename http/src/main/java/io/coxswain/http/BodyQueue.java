package io.coxswain.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A body that one side fills, frame by frame, and another reads.
///
/// It never refuses a frame; the filler keeps the bound by what [Filler#taken] tells it.
public final class BodyQueue implements IncomingBody {

    /// The side that fills; both methods are called by the reader, on its thread.
    public interface Filler {

        Filler NONE =
                new Filler() {
                    @Override
                    public void taken(int bytes) {}

                    @Override
                    public void abandoned() {}
                };

        /// So many bytes were read: there is room for as many more.
        void taken(int bytes);

        /// The reader gave up before the end.
        void abandoned();
    }

    private final Filler filler;
    private final ArrayDeque<Payload> frames = new ArrayDeque<>();
    private long bytes;
    private boolean complete;
    private boolean closed;
    private @Nullable IOException failure;
    private @Nullable Runnable wakeUp;
    private @Nullable Thread reader;

    public BodyQueue(Filler filler) {
        this.filler = filler;
    }

    /// A body that is here already.
    public static BodyQueue of(Payload whole) {
        var body = new BodyQueue(Filler.NONE);
        if (whole.bytes().length > 0 || whole.source() != null) {
            body.add(whole);
        }
        body.end();
        return body;
    }

    /// Adds a frame at the end; false when nobody will read it.
    public boolean add(Payload frame) {
        Runnable listener;
        Thread waiting;
        synchronized (this) {
            if (closed || complete) {
                return false;
            }
            frames.add(frame);
            bytes += frame.bytes().length;
            waiting = reader;
            listener = wakeUp;
        }
        LockSupport.unpark(waiting);
        run(listener);
        return true;
    }

    public void end() {
        finish(null);
    }

    /// Cuts the body. Frames that arrived before are still read.
    public void fail(IOException reason) {
        finish(reason);
    }

    /// How many bytes wait to be read.
    public synchronized long bytes() {
        return bytes;
    }

    @Override
    public @Nullable Payload poll() {
        Payload frame;
        synchronized (this) {
            frame = frames.poll();
            if (frame == null) {
                return null;
            }
            bytes -= frame.bytes().length;
        }
        filler.taken(frame.bytes().length);
        return frame;
    }

    @Override
    public @Nullable Payload take() throws IOException {
        while (awaitFrame()) {
            var frame = poll();
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    @Override
    public void onData(Runnable listener) {
        boolean now;
        synchronized (this) {
            wakeUp = listener;
            now = complete || closed || !frames.isEmpty();
        }
        if (now) {
            listener.run();
        }
    }

    @Override
    public synchronized boolean ended() {
        return frames.isEmpty() && (complete || closed);
    }

    @Override
    public synchronized @Nullable IOException failure() {
        return failure;
    }

    @Override
    public InputStream asStream() {
        return new BodyStream(this);
    }

    @Override
    public Payload readAll(int bytesMax) throws IOException {
        var first = take();
        var second = first == null ? null : take();
        if (first == null || second == null) {
            return first == null ? Payload.EMPTY : checked(first, bytesMax);
        }
        var all = new java.io.ByteArrayOutputStream();
        all.writeBytes(first.bytes());
        for (var frame = second; frame != null; frame = take()) {
            if (all.size() + (long) frame.bytes().length > bytesMax) {
                throw tooLong(bytesMax);
            }
            all.writeBytes(frame.bytes());
        }
        return Payload.of(all.toByteArray());
    }

    @Override
    public void close() {
        Runnable listener;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            frames.clear();
            bytes = 0;
            if (complete) {
                return;
            }
            LockSupport.unpark(reader);
            listener = wakeUp;
        }
        filler.abandoned();
        run(listener);
    }

    private void finish(@Nullable IOException reason) {
        Runnable listener;
        synchronized (this) {
            if (complete) {
                return;
            }
            complete = true;
            failure = closed ? null : reason;
            LockSupport.unpark(reader);
            listener = wakeUp;
        }
        run(listener);
    }

    private static Payload checked(Payload frame, int bytesMax) throws IOException {
        if (frame.bytes().length > bytesMax) {
            throw tooLong(bytesMax);
        }
        return frame;
    }

    private static IOException tooLong(int bytesMax) {
        return new IOException("body is longer than " + bytesMax + " bytes");
    }

    private static void run(@Nullable Runnable listener) {
        if (listener != null) {
            listener.run();
        }
    }

    /// Waits until there is a frame (true) or the end (false).
    private boolean awaitFrame() throws IOException {
        while (true) {
            synchronized (this) {
                if (!frames.isEmpty()) {
                    reader = null;
                    return true;
                }
                if (complete || closed) {
                    if (failure != null) {
                        throw new IOException(failure.getMessage(), failure);
                    }
                    return false;
                }
                reader = Thread.currentThread();
            }
            LockSupport.park(this);
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for a body");
            }
        }
    }
}
