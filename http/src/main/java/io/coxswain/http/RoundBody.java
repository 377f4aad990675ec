package io.coxswain.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The body of a stream whose rounds its reader makes: whenever no frame is left, the next round
/// runs on the reader's own thread.
final class RoundBody implements IncomingBody, Response.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(RoundBody.class);

    private final Rounds rounds;
    private final ArrayDeque<Payload> frames = new ArrayDeque<>();
    private final List<Runnable> closeCallbacks = new ArrayList<>();
    private volatile @Nullable Runnable listener;
    private volatile @Nullable Thread waiting;
    private volatile boolean ended;
    private @Nullable IOException failure;
    private Duration pause = Duration.ZERO;

    RoundBody(Rounds.Producer producer) {
        this.rounds = producer.begin(this::wake);
    }

    @Override
    public synchronized @Nullable Payload poll() {
        if (frames.isEmpty() && !ended) {
            round();
        }
        return frames.poll();
    }

    @Override
    public @Nullable Payload take() throws IOException {
        waiting = Thread.currentThread();
        try {
            while (true) {
                var frame = poll();
                if (frame != null) {
                    return frame;
                }
                if (ended) {
                    checkUncut();
                    return null;
                }
                LockSupport.parkNanos(this, pause.toNanos());
                if (Thread.interrupted()) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted while waiting for a body");
                }
            }
        } finally {
            waiting = null;
        }
    }

    @Override
    public void onData(Runnable wakeUp) {
        listener = wakeUp;
        wakeUp.run(); // Only a round can tell whether there is something.
    }

    @Override
    public synchronized boolean ended() {
        return ended && frames.isEmpty();
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
        var all = new BodyQueue(BodyQueue.Filler.NONE);
        for (var frame = take(); frame != null; frame = take()) {
            all.add(frame);
            if (all.bytes() > bytesMax) {
                throw new IOException("body is longer than " + bytesMax + " bytes");
            }
        }
        all.end();
        return all.readAll(bytesMax);
    }

    @Override
    public void close() {
        synchronized (this) {
            frames.clear();
            end();
        }
        wake();
    }

    @Override
    public void write(Payload frame) {
        frames.add(frame);
    }

    @Override
    public void flush() {}

    @Override
    public void onClose(Runnable callback) {
        closeCallbacks.add(callback);
    }

    private void round() {
        try {
            var next = rounds.next(this);
            if (next == null) {
                end();
            } else {
                pause = next;
            }
        } catch (IOException e) {
            failure = e;
            end();
        } catch (RuntimeException e) {
            LOG.warn("a streamed response failed", e);
            failure = new IOException("the stream was cut", e);
            end();
        }
    }

    private void end() {
        if (!ended) {
            ended = true;
            rounds.close();
            closeCallbacks.forEach(Runnable::run);
        }
    }

    private synchronized void checkUncut() throws IOException {
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /// Takes no lock: whoever wakes must not wait for a round.
    private void wake() {
        LockSupport.unpark(waiting);
        var action = listener;
        if (action != null) {
            action.run();
        }
    }
}
