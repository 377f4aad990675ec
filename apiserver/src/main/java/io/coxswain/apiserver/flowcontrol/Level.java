package io.coxswain.apiserver.flowcontrol;

import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A priority level at work: its seats, and who waits for one.
///
/// A request that finds a seat while nobody waits passes at once. Others join the shortest of the
/// queues their flow may use, and leave by virtual time: each queue gets the same share of the
/// seats, measured by what its requests really took.
final class Level {

    /// What a request is taken to last until it has ended.
    private static final double NANOS_EXPECTED = 3e6;

    /// How a level is set up.
    ///
    /// @param seats without borrowing; 0 for no limit at all
    /// @param lendable seats that others may use while they are free here
    /// @param borrowable seats this level may take from others; negative for any number
    /// @param queues null to turn away at once
    record Settings(
            String name,
            String uid,
            int seats,
            int lendable,
            int borrowable,
            @Nullable Queuing queues) {}

    /// @param handSize how many queues a flow may use
    record Queuing(int queues, int handSize, int lengthMax) {}

    /// What became of the wish for a seat.
    sealed interface Outcome {
        /// Whoever gets it must release it.
        record Seated(Seat seat) implements Outcome {}

        /// @param reason as metrics name it
        record Rejected(String reason) implements Outcome {}
    }

    /// The right to run, for one request.
    final class Seat {
        private final int width;
        private final @Nullable WaitingLine line;
        private final long since = clock.nanos();

        private Seat(int width, @Nullable WaitingLine line) {
            this.width = width;
            this.line = line;
        }

        void release() {
            leave(this);
        }
    }

    final LongAdder dispatched = new LongAdder();
    final LongAdder rejected = new LongAdder();
    private final Clock clock;
    private final Lending lending;
    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingLine[] lines;
    private volatile Settings settings;
    private final AtomicInteger executing = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private double virtual;

    Level(Settings settings, Lending lending, Clock clock) {
        this.settings = settings;
        this.lending = lending;
        this.clock = clock;
        var queues = settings.queues();
        this.lines = new WaitingLine[queues == null ? 0 : queues.queues()];
        for (var i = 0; i < lines.length; i++) {
            lines[i] = new WaitingLine();
        }
    }

    Settings settings() {
        return settings;
    }

    /// Takes new limits; queues stay.
    void set(Settings other) {
        settings = other;
    }

    /// Seats taken.
    int executing() {
        return executing.get();
    }

    /// Requests in queues.
    int waiting() {
        return waiting.get();
    }

    boolean exempt() {
        return settings.seats() == 0;
    }

    /// Waits for `width` seats, at most for `patience`.
    Outcome acquire(Flow flow, int width, Duration patience) {
        var most = Math.min(width, Math.max(1, settings.seats()));
        WaitingLine.Waiter waiter;
        lock.lock();
        try {
            if (waiting.get() == 0 && free(most)) {
                return new Outcome.Seated(take(most, null));
            }
            var queues = settings.queues();
            if (queues == null) {
                rejected.increment();
                return new Outcome.Rejected("concurrency-limit");
            }
            var line = shortest(flow, queues);
            if (line.length() >= queues.lengthMax()) {
                rejected.increment();
                return new Outcome.Rejected("queue-full");
            }
            waiter = line.join(most);
            waiting.incrementAndGet();
            serve();
        } finally {
            lock.unlock();
        }
        return await(waiter, patience);
    }

    private Outcome await(WaitingLine.Waiter waiter, Duration patience) {
        var end = clock.nanos() + patience.toNanos();
        while (waiter.seat() == null && !Thread.currentThread().isInterrupted()) {
            var left = end - clock.nanos();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(waiter, left);
        }
        var seat = waiter.seat();
        if (seat != null) {
            return new Outcome.Seated(seat);
        }
        return giveUp(waiter);
    }

    private Outcome giveUp(WaitingLine.Waiter waiter) {
        lock.lock();
        try {
            var late = waiter.seat();
            if (late != null) {
                return new Outcome.Seated(late);
            }
            waiter.line().remove(waiter);
            waiting.decrementAndGet();
            rejected.increment();
            return new Outcome.Rejected("time-out");
        } finally {
            lock.unlock();
        }
    }

    private Seat take(int width, @Nullable WaitingLine line) {
        executing.addAndGet(width);
        dispatched.increment();
        return new Seat(width, line);
    }

    private void leave(Seat seat) {
        lock.lock();
        try {
            executing.addAndGet(-seat.width);
            if (seat.line != null) {
                var took = clock.nanos() - seat.since;
                seat.line.charge(seat.width * (took - NANOS_EXPECTED));
            }
            serve();
        } finally {
            lock.unlock();
        }
    }

    private boolean free(int width) {
        var now = settings;
        var wanted = executing.get() + width;
        if (now.seats() == 0 || wanted == width || wanted <= now.seats()) {
            return true;
        }
        var borrowed = wanted - now.seats();
        return (now.borrowable() < 0 || borrowed <= now.borrowable())
                && lending.available(this) >= width;
    }

    /// Seats those whose turn it is, as long as there are seats.
    private void serve() {
        while (waiting.get() > 0) {
            var line = next();
            if (line == null || !free(line.first().width())) {
                return;
            }
            var waiter = line.leave();
            waiting.decrementAndGet();
            virtual = Math.max(virtual, line.start(virtual));
            line.begin(virtual, waiter.width() * NANOS_EXPECTED);
            waiter.seat(take(waiter.width(), line));
        }
    }

    private @Nullable WaitingLine next() {
        WaitingLine best = null;
        var earliest = Double.MAX_VALUE;
        for (var line : lines) {
            if (line.length() == 0) {
                continue;
            }
            var end = line.start(virtual) + line.first().width() * NANOS_EXPECTED;
            if (end < earliest) {
                earliest = end;
                best = line;
            }
        }
        return best;
    }

    private WaitingLine shortest(Flow flow, Queuing queues) {
        var hand = Hand.deal(flow.hash(), lines.length, queues.handSize());
        var best = lines[hand[0]];
        for (var card : hand) {
            if (lines[card].length() < best.length()) {
                best = lines[card];
            }
        }
        return best;
    }
}
