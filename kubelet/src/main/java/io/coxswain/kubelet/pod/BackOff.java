package io.coxswain.kubelet.pod;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// How long to wait before the next try: doubles with each failure, and starts over once a key has
/// been well for twice the longest delay. Safe for use by many threads.
public final class BackOff {

    private static final Duration INITIAL = Duration.ofSeconds(10);
    private static final Duration MAX = Duration.ofMinutes(5);

    private final Duration initial;
    private final Duration max;
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    private record Entry(Duration delay, Instant updated) {}

    public BackOff(Duration initial, Duration max) {
        this.initial = initial;
        this.max = max;
    }

    /// 10 s, 20 s, 40 s … 5 min: of restarted containers and of image pulls.
    public static BackOff standard() {
        return new BackOff(INITIAL, MAX);
    }

    /// The delay that `key` has to keep after an event at `since`; zero when it need not wait.
    public Duration delay(String key, @Nullable Instant since) {
        var entry = entries.get(key);
        if (entry == null || since == null || expired(entry, since)) {
            return Duration.ZERO;
        }
        return entry.delay();
    }

    /// When `key` may be tried again after an event at `since`; null when it may be at `now`.
    public @Nullable Instant until(String key, @Nullable Instant since, Instant now) {
        var delay = delay(key, since);
        if (since == null || delay.isZero()) {
            return null;
        }
        var end = since.plus(delay);
        return end.isAfter(now) ? end : null;
    }

    /// Notes that `key` is tried again after an event at `since`: the next delay is longer.
    public void next(String key, @Nullable Instant since, Instant now) {
        entries.compute(key, (k, entry) -> new Entry(nextDelay(entry, since), now));
    }

    public void forget(String prefix) {
        entries.keySet().removeIf(key -> key.startsWith(prefix));
    }

    private Duration nextDelay(@Nullable Entry entry, @Nullable Instant since) {
        if (entry == null || (since != null && expired(entry, since))) {
            return initial;
        }
        var doubled = entry.delay().multipliedBy(2);
        return doubled.compareTo(max) < 0 ? doubled : max;
    }

    private boolean expired(Entry entry, Instant since) {
        return Duration.between(entry.updated(), since).compareTo(max.multipliedBy(2)) > 0;
    }
}
