package io.coxswain.base;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives each loop with a virtual thread of its own.
public final class ThreadLoops implements Loops {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadLoops.class);
    private static final Duration RETRY_MIN = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);

    private final Clock clock;
    private final Set<Driver> drivers = ConcurrentHashMap.newKeySet();

    public ThreadLoops(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Running start(String name, Loop loop) {
        var driver = new Driver(name, loop);
        drivers.add(driver);
        driver.thread.start();
        return driver;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public void close() {
        drivers.forEach(driver -> driver.stopping = true);
        drivers.forEach(Driver::stop);
    }

    private final class Driver implements Running {
        private final String name;
        private final Loop loop;
        private final Thread thread;
        private volatile boolean woken;
        private volatile boolean stopping;
        private int failures;

        Driver(String name, Loop loop) {
            this.name = name;
            this.loop = loop;
            this.thread = Thread.ofVirtual().name(name).unstarted(this::drive);
        }

        @Override
        public void wake() {
            woken = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void stop() {
            stopping = true;
            LockSupport.unpark(thread);
            if (Thread.currentThread().equals(thread)) {
                return;
            }
            try {
                if (!thread.join(Duration.ofSeconds(5))) {
                    thread.interrupt();
                    thread.join(Duration.ofSeconds(5));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void drive() {
            while (!stopping) {
                woken = false;
                if (runSafely() instanceof Loop.Next.Done) {
                    break;
                }
            }
            drivers.remove(this);
        }

        /// One run and the pause after it.
        private Loop.Next runSafely() {
            Loop.Next next;
            try {
                next = loop.runOnce();
                failures = 0;
            } catch (Throwable fault) {
                next = afterFault(fault);
            }
            switch (next) {
                case Loop.Next.Again() -> {}
                case Loop.Next.At(var time) -> parkUntil(time);
                case Loop.Next.WhenWoken() -> parkUntil(Instant.MAX);
                case Loop.Next.Done() -> {}
            }
            return next;
        }

        private Loop.Next afterFault(Throwable fault) {
            if (stopping) {
                return Loop.Next.DONE;
            }
            LOG.warn("{} failed and will be tried again", name, fault);
            var delay = RETRY_MIN.multipliedBy(1L << Math.min(failures++, 20));
            return Loop.Next.in(clock, delay.compareTo(RETRY_MAX) < 0 ? delay : RETRY_MAX);
        }

        private void parkUntil(Instant time) {
            while (!woken && !stopping) {
                if (time.equals(Instant.MAX)) {
                    LockSupport.park(this);
                    continue;
                }
                var left = Duration.between(clock.now(), time);
                if (!left.isPositive()) {
                    return;
                }
                LockSupport.parkNanos(this, left.toNanos());
            }
        }
    }
}
