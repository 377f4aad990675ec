package io.coxswain.client.runtime;

import io.coxswain.base.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Keys that wait for a worker, each at most once. Safe for use by many threads.
///
/// A key is *dirty* from when it is added until a worker takes it, and *processing* from then until
/// the worker is done. Added while processing, it is only marked dirty and queued again when done:
/// one worker per key at a time, and no change is missed.
public final class WorkQueue<K> {

    private static final Duration BACK_OFF_MIN = Duration.ofMillis(5);
    private static final Duration BACK_OFF_MAX = Duration.ofSeconds(1_000);

    private final Clock clock;
    private final Runnable onReady;
    private final Duration backOffMax;

    // Guarded by this.
    private final ArrayDeque<K> ready = new ArrayDeque<>();
    private final Set<K> dirty = new HashSet<>();
    private final Set<K> processing = new HashSet<>();
    private final PriorityQueue<Delayed<K>> delayed = new PriorityQueue<>();
    private final Map<K, Delayed<K>> delayedByKey = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private long sequence;

    private record Delayed<K>(Instant at, long sequence, K key) implements Comparable<Delayed<K>> {
        @Override
        public int compareTo(Delayed<K> other) {
            var order = at.compareTo(other.at);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    /// @param onReady called, from any thread, when a key became ready or a delay began
    public WorkQueue(Clock clock, Runnable onReady) {
        this(clock, onReady, BACK_OFF_MAX);
    }

    /// @param backOffMax the longest delay after a failure
    public WorkQueue(Clock clock, Runnable onReady, Duration backOffMax) {
        this.clock = clock;
        this.onReady = onReady;
        this.backOffMax = backOffMax;
    }

    public void add(K key) {
        synchronized (this) {
            if (!dirty.add(key) || processing.contains(key)) {
                return;
            }
            ready.add(key);
        }
        onReady.run();
    }

    /// Adds the key after `delay`. Of several delays for one key the one that ends first counts.
    public void addAfter(K key, Duration delay) {
        if (!delay.isPositive()) {
            add(key);
            return;
        }
        synchronized (this) {
            var at = clock.now().plus(delay);
            var known = delayedByKey.get(key);
            if (known != null && !known.at().isAfter(at)) {
                return;
            }
            if (known != null) {
                delayed.remove(known);
            }
            var entry = new Delayed<>(at, sequence++, key);
            delayedByKey.put(key, entry);
            delayed.add(entry);
        }
        onReady.run();
    }

    /// Adds the key after a delay that doubles with each failure in a row.
    public void addAfterFailure(K key) {
        int count;
        synchronized (this) {
            count = failures.merge(key, 1, Integer::sum);
        }
        var delay = BACK_OFF_MIN.multipliedBy(1L << Math.min(count - 1, 30));
        addAfter(key, delay.compareTo(backOffMax) < 0 ? delay : backOffMax);
    }

    /// The key succeeded: its next failure counts as the first.
    public synchronized void forget(K key) {
        failures.remove(key);
    }

    /// Takes a key for processing; null when none is ready. Follow it with [#done].
    public synchronized @Nullable K poll() {
        releaseDelayed();
        var key = ready.poll();
        if (key != null) {
            processing.add(key);
            dirty.remove(key);
        }
        return key;
    }

    public void done(K key) {
        synchronized (this) {
            processing.remove(key);
            if (!dirty.contains(key)) {
                return;
            }
            ready.add(key);
        }
        onReady.run();
    }

    /// When the next delay ends; null when nothing is delayed.
    public synchronized @Nullable Instant nextDelayed() {
        var next = delayed.peek();
        return next == null ? null : next.at();
    }

    /// How many keys are ready.
    public synchronized int depth() {
        return ready.size();
    }

    private void releaseDelayed() {
        var now = clock.now();
        for (var next = delayed.peek();
                next != null && !next.at().isAfter(now);
                next = delayed.peek()) {
            delayed.remove();
            delayedByKey.remove(next.key());
            if (dirty.add(next.key()) && !processing.contains(next.key())) {
                ready.add(next.key());
            }
        }
    }
}
