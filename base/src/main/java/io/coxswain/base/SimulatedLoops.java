package io.coxswain.base;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Runs loops one at a time on the caller's thread, in an order that a seed decides, on a clock
/// that only moves when no loop has anything to do. The same seed gives the same run.
public final class SimulatedLoops implements Loops {

    private static final int RUNS_MAX = 1_000_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ManualClock clock;
    private final Random random;
    private final List<Driver> drivers = new ArrayList<>();

    public SimulatedLoops(ManualClock clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed);
    }

    @Override
    public Running start(String name, Loop loop) {
        var driver = new Driver(name, loop);
        synchronized (drivers) {
            drivers.add(driver);
        }
        return driver;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        synchronized (drivers) {
            drivers.clear();
        }
    }

    /// Runs loops until none has work at the present time.
    public void settle() {
        for (var runs = 0; runs < RUNS_MAX; runs++) {
            var ready = ready();
            if (ready.isEmpty()) {
                return;
            }
            ready.get(random.nextInt(ready.size())).run();
        }
        throw new IllegalStateException("loops did not settle, ready: " + ready());
    }

    /// Lets `span` pass: settles, moves the clock to the next timer, and so on until the time is
    /// up.
    public void advance(Duration span) {
        var end = clock.now().plus(span);
        settle();
        for (var next = nextTimer(); next != null && !next.isAfter(end); next = nextTimer()) {
            clock.advanceTo(next);
            settle();
        }
        clock.advanceTo(end);
        settle();
    }

    private List<Driver> ready() {
        synchronized (drivers) {
            return drivers.stream().filter(Driver::ready).toList();
        }
    }

    private @Nullable Instant nextTimer() {
        synchronized (drivers) {
            return drivers.stream()
                    .map(driver -> driver.at)
                    .filter(time -> !time.equals(Instant.MAX))
                    .min(Instant::compareTo)
                    .orElse(null);
        }
    }

    private final class Driver implements Running {
        private final String name;
        private final Loop loop;
        private volatile boolean woken;
        private volatile Instant at = Instant.MIN;

        Driver(String name, Loop loop) {
            this.name = name;
            this.loop = loop;
        }

        boolean ready() {
            return woken || !at.isAfter(clock.now());
        }

        void run() {
            woken = false;
            try {
                switch (loop.runOnce()) {
                    case Loop.Next.Again() -> at = Instant.MIN;
                    case Loop.Next.At(var time) -> at = time;
                    case Loop.Next.WhenWoken() -> at = Instant.MAX;
                    case Loop.Next.Done() -> stop();
                }
            } catch (Exception fault) {
                at = clock.now().plus(RETRY);
            }
        }

        @Override
        public void wake() {
            woken = true;
        }

        @Override
        public void stop() {
            synchronized (drivers) {
                drivers.remove(this);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
