package io.coxswain.scheduler;

import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A pool of loops that carry out requests, so that many are on their way at once and the store can
/// write them together. A request must not throw what is expected; a fault is only reported.
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private static final int WAITING_MAX = 20_000;

    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final List<Loops.Running> pool = new ArrayList<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();

    Writer(Loops loops, String name, int width) {
        for (var i = 0; i < width; i++) {
            pool.add(loops.start(name + "-" + i, this::runOnce));
        }
    }

    void submit(Runnable request) {
        requests.add(request);
        waiting.incrementAndGet();
        pool.get(Math.floorMod(next.getAndIncrement(), pool.size())).wake();
    }

    /// Like [#submit] for a request that may be dropped when too many wait already.
    void offer(Runnable request) {
        if (waiting.get() < WAITING_MAX) {
            submit(request);
        }
    }

    @Override
    public void close() {
        pool.forEach(Loops.Running::stop);
    }

    private Loop.Next runOnce() {
        var request = requests.poll();
        if (request == null) {
            return Loop.Next.WHEN_WOKEN;
        }
        waiting.decrementAndGet();
        try {
            request.run();
        } catch (RuntimeException fault) {
            LOG.error("a request of the scheduler failed", fault);
        }
        return Loop.Next.AGAIN;
    }
}
