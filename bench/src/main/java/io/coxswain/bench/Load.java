package io.coxswain.bench;

import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.http.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/// Clients that each do the same thing again and again.
record Load(int clients, int operations) {

    private static final Clock CLOCK = Clock.SYSTEM;

    /// One operation; `number` is different each time.
    @FunctionalInterface
    interface Operation {
        void run(Client client, int number) throws Exception;
    }

    /// What came of it.
    ///
    /// @param cpu processor time that the server used for it
    record Outcome(int operations, Duration took, Duration cpu) {
        double perSecond() {
            return operations / (took.toNanos() / 1e9);
        }

        @Override
        public String toString() {
            return "%,.0f/s (%,d µs of the server's CPU each)"
                    .formatted(perSecond(), cpu.toNanos() / 1000 / operations);
        }
    }

    /// Connects every client, then runs all operations; throws what the first failed one threw.
    Outcome run(Target target, Operation operation) throws Exception {
        var ready = IntStream.range(0, clients).mapToObj(i -> target.client()).toList();
        ready.forEach(client -> client.json(Request.get("/version")));
        var next = new AtomicInteger();
        var failure = new AtomicReference<Exception>();
        var used = target.cpu();
        var began = CLOCK.nanos();
        var threads = new ArrayList<Thread>();
        for (var client : ready) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    for (var i = next.getAndIncrement();
                                            i < operations && failure.get() == null;
                                            i = next.getAndIncrement()) {
                                        operation.run(client, i);
                                    }
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
        return new Outcome(
                operations, Duration.ofNanos(CLOCK.nanos() - began), target.cpu().minus(used));
    }
}
