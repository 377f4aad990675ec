package io.coxswain.http.netty;

import static java.util.Objects.requireNonNull;

import io.coxswain.base.Clock;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    private static final int TOGETHER_BYTES = 64 << 10;
    private static final int EXPECTED_BYTES_MIN = 512;

    /// After so many the other streams of the event loop have their turn.
    private static final int ROUNDS_PER_TURN_MAX = 16;

    private final Outbound out;
    private final Turns turns;
    private final Rounds rounds;
    private final Runnable whenOver;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Frames frames;
    private volatile boolean asked;

    // All below belongs to the event loop.
    private boolean begun;
    private boolean sending;
    private boolean moreThen;
    private boolean caughtUp;
    private long sentIn = Long.MIN_VALUE;
    private boolean waiting;
    private @Nullable Future<?> pause;
    private long pauseEnd;
    private boolean over;

    RoundStream(Outbound out, Rounds.Producer producer, Runnable whenOver) {
        this.out = out;
        this.turns = Turns.of(out.loop());
        this.whenOver = whenOver;
        this.frames = new Frames(out.allocator());
        this.rounds = producer.begin(this::wake);
    }

    /// On the event loop, after the head was written. What wakes the stream earlier waits for this:
    /// the turns that other streams have asked for are made before.
    void begin() {
        begun = true;
        wake();
    }

    /// From any thread: there may be something to do.
    void wake() {
        if (awake.compareAndSet(false, true)) {
            turns.add(this);
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

    /// On the event loop: a stream that was early may send again.
    void nextTick() {
        waiting = false;
        wake();
    }

    /// On the event loop.
    void turn() {
        awake.set(false);
        if (over || !begun) {
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
        if (!caughtUp || sentIn != turns.tick()) {
            produce();
        } else if (!waiting) {
            waiting = true;
            turns.addLater(this);
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
                waitUntil(turns.now() + next.toNanos());
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
        sentIn = turns.tick();
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
        pause = after(end - turns.now(), () -> pause = null);
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

    /// The turns that the streams of one event loop make, as many as possible one after the other:
    /// what they write to one connection then leaves in one record and with one system call.
    ///
    /// ```
    /// tick                    |  1        |  2        |  3
    /// a change at               x      y      z
    /// each stream's turns at    x         y   z          (y waits for the tick after x's)
    /// ```
    private static final class Turns {

        /// A stream that has caught up sends once a tick; what is rarer leaves at once.
        private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();

        /// After so many the connections themselves have their turn: what was written leaves, and
        /// what came is read.
        private static final int TURNS_MAX = 256;

        private static final Map<EventExecutor, Turns> OF_LOOPS = new ConcurrentHashMap<>();

        private final EventExecutor loop;
        private final Queue<RoundStream> woken = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean due = new AtomicBoolean();

        // Both belong to the event loop.
        private ArrayList<RoundStream> early = new ArrayList<>();
        private long now;

        private Turns(EventExecutor loop) {
            this.loop = loop;
        }

        /// One for each event loop, for the life of the process as the loops themselves.
        static Turns of(EventExecutor loop) {
            return OF_LOOPS.computeIfAbsent(loop, Turns::new);
        }

        /// From any thread: the stream shall have its turn soon.
        void add(RoundStream stream) {
            woken.add(stream);
            if (due.compareAndSet(false, true)) {
                loop.execute(this::run);
            }
        }

        /// On the event loop: the stream shall have its turn in the next tick.
        void addLater(RoundStream stream) {
            early.add(stream);
            if (early.size() == 1) {
                var rest = TICK_NANOS - Math.floorMod(now, TICK_NANOS);
                loop.schedule(this::runEarly, rest, TimeUnit.NANOSECONDS);
            }
        }

        /// When the turns that are being made began.
        long now() {
            return now;
        }

        long tick() {
            return Math.floorDiv(now, TICK_NANOS);
        }

        private void run() {
            due.set(false);
            now = Clock.SYSTEM.nanos();
            for (var made = 0; made < TURNS_MAX; made++) {
                var stream = woken.poll();
                if (stream == null) {
                    return;
                }
                stream.turn();
            }
            if (due.compareAndSet(false, true)) {
                loop.schedule(this::run, 0, TimeUnit.NANOSECONDS);
            }
        }

        private void runEarly() {
            var streams = early;
            early = new ArrayList<>();
            streams.forEach(RoundStream::nextTick);
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
