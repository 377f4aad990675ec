package io.coxswain.bench.store;

import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Writers that each put 1 KB again and again for a while.
final class Puts {

    static final int VALUE_BYTES = 1_024;

    private static final Clock CLOCK = Clock.SYSTEM;

    private Puts() {}

    /// One durable put; `writer` and `number` make the key.
    @FunctionalInterface
    interface Put {
        void run(int writer, int number) throws Exception;
    }

    /// Puts a second.
    static double perSecond(int writers, Duration time, Put put) throws Exception {
        var total = new AtomicLong();
        var failure = new AtomicReference<Exception>();
        var threads = new ArrayList<Thread>();
        var began = CLOCK.nanos();
        var end = began + time.toNanos();
        for (var w = 0; w < writers; w++) {
            var writer = w;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    total.addAndGet(run(writer, end, put));
                                } catch (Exception fault) {
                                    failure.compareAndSet(null, fault);
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        var fault = failure.get();
        if (fault != null) {
            throw fault;
        }
        return total.get() / ((CLOCK.nanos() - began) / 1e9);
    }

    private static long run(int writer, long end, Put put) throws Exception {
        var count = 0;
        while (CLOCK.nanos() < end) {
            put.run(writer, count++ % 1_000);
        }
        return count;
    }
}
