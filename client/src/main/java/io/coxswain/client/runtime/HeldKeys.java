package io.coxswain.client.runtime;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of one controller that wait behind a fence.
final class HeldKeys implements Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeldKeys.class);

    /// A view that lags this much is better than a controller that stands still.
    private static final Duration HELD_MAX = Duration.ofMinutes(5);

    private final Clock clock;
    private final Queue<Held> held = new ConcurrentLinkedQueue<>();
    private volatile Loops.@Nullable Running running;

    private record Held(List<Fence> fences, Instant until, Runnable release) {
        boolean passed() {
            return fences.stream().allMatch(Fence::passed);
        }
    }

    HeldKeys(Clock clock) {
        this.clock = clock;
    }

    void startOn(Loops loops, String name) {
        running = loops.start(name, this);
    }

    /// Runs `release` once all fences have passed; here and now if they have.
    void until(List<Fence> fences, Runnable release) {
        var one = new Held(fences, clock.now().plus(HELD_MAX), release);
        if (one.passed()) {
            release.run();
            return;
        }
        held.add(one);
        look();
    }

    /// An informer moved: looks at the fences again.
    void look() {
        var loop = running;
        if (loop != null && !held.isEmpty()) {
            loop.wake();
        }
    }

    @Override
    public Next runOnce() {
        var now = clock.now();
        for (var all = held.iterator(); all.hasNext(); ) {
            var one = all.next();
            var late = !one.until().isAfter(now);
            if (late || one.passed()) {
                all.remove();
                if (late) {
                    LOG.warn("informers have not shown a write for {}", HELD_MAX);
                }
                one.release().run();
            }
        }
        var first = held.peek();
        return first == null ? Next.WHEN_WOKEN : Next.at(first.until());
    }

    @Override
    public void close() {
        var loop = running;
        if (loop != null) {
            loop.stop();
        }
    }
}
