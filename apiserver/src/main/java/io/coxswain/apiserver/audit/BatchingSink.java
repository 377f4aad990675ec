package io.coxswain.apiserver.audit;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Holds events and passes them on together, no more often than is allowed. When more wait than
/// there is room for, requests go on and events are dropped.
public final class BatchingSink implements AuditSink, Loop {

    private static final Logger LOG = LoggerFactory.getLogger(BatchingSink.class);

    /// @param events that may wait
    /// @param perBatch at most
    /// @param patience how long the first of a batch waits for others
    /// @param perSecond how many batches may leave; 0 for any number
    /// @param burst how many may leave at once
    public record Limits(
            int events, int perBatch, Duration patience, double perSecond, int burst) {}

    private final AuditSink sink;
    private final Limits limits;
    private final Clock clock;
    private final Deque<AuditEvent> waiting = new ArrayDeque<>();
    private final LongAdder dropped = new LongAdder();
    private Loops.@Nullable Running running;
    private @Nullable Instant oldest;
    private double allowed;
    private Instant refilled;

    public BatchingSink(AuditSink sink, Limits limits, Clock clock) {
        this.sink = sink;
        this.limits = limits;
        this.clock = clock;
        this.allowed = limits.burst();
        this.refilled = clock.now();
    }

    /// Begins to pass events on.
    public void start(Loops loops) {
        var started = loops.start("audit-batches", this);
        synchronized (this) {
            running = started;
        }
    }

    public long dropped() {
        return dropped.sum();
    }

    @Override
    public boolean accept(List<AuditEvent> events) {
        synchronized (this) {
            for (var event : events) {
                if (waiting.size() >= limits.events()) {
                    dropped.increment();
                    continue;
                }
                if (waiting.isEmpty()) {
                    oldest = clock.now();
                }
                waiting.add(event);
            }
            if (running != null && (waiting.size() == 1 || waiting.size() >= limits.perBatch())) {
                running.wake();
            }
        }
        return true;
    }

    @Override
    public Next runOnce() {
        List<AuditEvent> batch;
        synchronized (this) {
            if (waiting.isEmpty() || oldest == null) {
                return Next.WHEN_WOKEN;
            }
            var due = oldest.plus(limits.patience());
            if (waiting.size() < limits.perBatch() && clock.now().isBefore(due)) {
                return Next.at(due);
            }
            var pause = throttled();
            if (pause.isPositive()) {
                return Next.in(clock, pause);
            }
            batch = take();
        }
        deliver(batch);
        return Next.AGAIN;
    }

    private void deliver(List<AuditEvent> batch) {
        if (!sink.accept(batch)) {
            dropped.add(batch.size());
            LOG.warn("{} audit events were lost", batch.size());
        }
    }

    private List<AuditEvent> take() {
        var batch = new ArrayList<AuditEvent>();
        while (batch.size() < limits.perBatch() && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        oldest = clock.now();
        return batch;
    }

    /// How long the next batch has to wait; takes its allowance when it need not.
    private Duration throttled() {
        if (limits.perSecond() <= 0) {
            return Duration.ZERO;
        }
        var now = clock.now();
        var gained = Duration.between(refilled, now).toNanos() / 1e9 * limits.perSecond();
        allowed = Math.min(limits.burst(), allowed + gained);
        refilled = now;
        if (allowed >= 1) {
            allowed--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) ((1 - allowed) / limits.perSecond() * 1e9) + 1);
    }

    @Override
    public void close() {
        Loops.Running current;
        synchronized (this) {
            current = running;
            running = null;
        }
        if (current != null) {
            current.stop();
        }
        while (true) {
            List<AuditEvent> batch;
            synchronized (this) {
                batch = take();
            }
            if (batch.isEmpty()) {
                break;
            }
            deliver(batch);
        }
        sink.close();
    }
}
