package io.coxswain.http.netty;

import static java.util.Objects.requireNonNull;

import io.coxswain.base.Clock;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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

    private static final int TOGETHER_BYTES = 64 << 10;
    private static final int EXPECTED_BYTES_MIN = 512;

    /// After so many the other streams of the event loop have their turn.
    private static final int ROUNDS_PER_TURN_MAX = 16;

    private final Outbound out;
    private final Rounds rounds;
    private final Runnable whenOver;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Frames frames;
    private volatile boolean asked;

    // All below belongs to the event loop.
    private boolean sending;
    private boolean moreThen;
    private boolean caughtUp;
    private long sentAt = Clock.SYSTEM.nanos() - BETWEEN_NANOS;
    private boolean waiting;
    private @Nullable Future<?> pause;
    private long pauseEnd;
    private boolean over;

    RoundStream(Outbound out, Rounds.Producer producer, Runnable whenOver) {
        this.out = out;
        this.whenOver = whenOver;
        this.frames = new Frames(out.allocator());
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
        if (over) {
            return;
        }
        if (sending) {
            moreThen = true;
            return;
        }
        if (asked && caughtUp) {
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
            if (next == null || (asked && next.isPositive())) {
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
        return next != null && !next.isPositive() && frames.bytes() < TOGETHER_BYTES;
    }

    private void send() {
        if (frames.bytes() == 0) {
            return;
        }
        sending = true;
        sentAt = Clock.SYSTEM.nanos();
        out.body(frames.take(), this::left);
    }

    /// By way of a timer, so that the other connections of the event loop have their turn.
    private void left() {
        sending = false;
        if (moreThen) {
            moreThen = false;
            after(0, () -> {});
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

    /// What the rounds of one turn wrote, copied together.
    private static final class Frames implements Response.Sink {
        private final ByteBufAllocator allocator;
        private final List<Runnable> callbacks = new ArrayList<>();
        private @Nullable ByteBuf all;
        private int expectedBytes = EXPECTED_BYTES_MIN;

        Frames(ByteBufAllocator allocator) {
            this.allocator = allocator;
        }

        @Override
        public void write(Payload frame) {
            var bytes = frame.bytes();
            write(bytes, 0, bytes.length);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            if (all == null) {
                all = allocator.buffer(Math.max(expectedBytes, length));
            }
            all.writeBytes(bytes, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {
            callbacks.add(callback);
        }

        int bytes() {
            return all == null ? 0 : all.readableBytes();
        }

        /// What comes next is as long as this, more or less.
        ByteBuf take() {
            var taken = requireNonNull(all);
            all = null;
            expectedBytes = Math.max(taken.readableBytes(), EXPECTED_BYTES_MIN);
            return taken;
        }

        void closed() {
            if (all != null) {
                all.release();
                all = null;
            }
            callbacks.forEach(Runnable::run);
        }
    }
}
