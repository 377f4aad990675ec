package io.coxswain.http.netty;

import io.coxswain.base.Clock;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A stream whose rounds are made on its connection's event loop: no thread waits for it.
///
/// What comes within a few milliseconds leaves together. The receiver that reads slowly makes the
/// stream pause, and nobody else.
@SuppressWarnings("FutureReturnValueIgnored") // A timer that is never cancelled does no harm.
final class RoundStream implements ServerExchange.Streamed {

    private static final Logger LOG = LoggerFactory.getLogger(RoundStream.class);

    /// A stream that has caught up sends at most this often; what is rarer leaves at once.
    private static final long BETWEEN_NANOS = Duration.ofMillis(5).toNanos();

    private static final int IN_FLIGHT_BYTES_MAX = 128 << 10;
    private static final int TOGETHER_BYTES = 32 << 10;

    /// After so many the other streams of the event loop have their turn.
    private static final int ROUNDS_PER_TURN_MAX = 16;

    private final Outbound out;
    private final Rounds rounds;
    private final Runnable whenOver;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Frames frames = new Frames();
    private volatile boolean asked;

    // All below belongs to the event loop.
    private long inFlight;
    private boolean caughtUp;
    private long sentAt = Clock.SYSTEM.nanos() - BETWEEN_NANOS;
    private boolean waiting;
    private @Nullable Future<?> pause;
    private long pauseEnd;
    private boolean over;

    RoundStream(Outbound out, Rounds.Producer producer, Runnable whenOver) {
        this.out = out;
        this.whenOver = whenOver;
        this.rounds = producer.begin(this::wake);
    }

    /// From any thread: there may be something to do.
    void wake() {
        if (awake.compareAndSet(false, true)) {
            out.loop().execute(this::turn);
        }
    }

    @Override
    public void disconnected(String reason) {
        out.loop().execute(this::finish);
    }

    @Override
    public void askToEnd() {
        asked = true;
        wake();
    }

    private void turn() {
        awake.set(false);
        if (over || inFlight >= IN_FLIGHT_BYTES_MAX) {
            return;
        }
        if (asked) {
            end();
            return;
        }
        var early = sentAt + BETWEEN_NANOS - Clock.SYSTEM.nanos();
        if (!caughtUp || early <= 0) {
            produce();
        } else if (!waiting) {
            waiting = true;
            after(early, () -> waiting = false);
        }
    }

    private void produce() {
        try {
            var next = rounds.next(frames);
            for (var i = 1; more(next) && i < ROUNDS_PER_TURN_MAX; i++) {
                next = rounds.next(frames);
            }
            send();
            if (next == null) {
                end();
            } else if (next.isPositive()) {
                caughtUp = true;
                waitUntil(Clock.SYSTEM.nanos() + next.toNanos());
            } else {
                caughtUp = false;
                wake();
            }
        } catch (IOException e) {
            LOG.debug("a stream was broken off", e);
            cut();
        } catch (RuntimeException | Error fault) {
            LOG.error("a stream failed", fault);
            cut();
        }
    }

    private boolean more(@Nullable Duration next) {
        return next != null && !next.isPositive() && frames.bytes < TOGETHER_BYTES;
    }

    private void send() {
        if (frames.all.isEmpty()) {
            return;
        }
        var bytes = frames.bytes;
        inFlight += bytes;
        sentAt = Clock.SYSTEM.nanos();
        out.frames(frames.take(), bytes, () -> left(bytes));
    }

    private void left(int bytes) {
        var full = inFlight >= IN_FLIGHT_BYTES_MAX;
        inFlight -= bytes;
        if (full) {
            wake();
        }
    }

    /// One timer for the end of the pause: an earlier one than wanted does no harm.
    private void waitUntil(long end) {
        if (pause != null && pauseEnd <= end) {
            return;
        }
        if (pause != null) {
            pause.cancel(false);
        }
        pauseEnd = end;
        pause = after(end - Clock.SYSTEM.nanos(), () -> pause = null);
    }

    private Future<?> after(long nanos, Runnable first) {
        return out.loop()
                .schedule(
                        () -> {
                            first.run();
                            wake();
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    private void end() {
        if (!over) {
            finish();
            out.end();
        }
    }

    private void cut() {
        if (!over) {
            finish();
            out.cut();
        }
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        if (pause != null) {
            pause.cancel(false);
        }
        try {
            rounds.close();
            frames.closed();
        } finally {
            whenOver.run();
        }
    }

    /// What the rounds of one turn wrote.
    private static final class Frames implements Response.Sink {
        private final List<Runnable> callbacks = new ArrayList<>();
        private List<Payload> all = new ArrayList<>();
        private int bytes;

        @Override
        public void write(Payload frame) {
            all.add(frame);
            bytes += frame.bytes().length;
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {
            callbacks.add(callback);
        }

        List<Payload> take() {
            var taken = all;
            all = new ArrayList<>();
            bytes = 0;
            return taken;
        }

        void closed() {
            callbacks.forEach(Runnable::run);
        }
    }
}
