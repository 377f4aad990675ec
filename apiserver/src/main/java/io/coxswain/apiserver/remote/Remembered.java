package io.coxswain.apiserver.remote;

import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Answers of somebody far away, each for a while. Of too many, the one that was not asked for
/// longest is forgotten. For any number of threads.
public final class Remembered<K, V> {

    private record Known<V>(V answer, long untilNanos) {}

    private final int max;
    private final Clock clock;
    private final SequencedMap<K, Known<V>> known = new LinkedHashMap<>(64, 0.75f, true);

    public Remembered(int max, Clock clock) {
        this.max = max;
        this.clock = clock;
    }

    /// Null when there is none that is still good.
    public synchronized @Nullable V find(K question) {
        var found = known.get(question);
        return found != null && found.untilNanos - clock.nanos() > 0 ? found.answer : null;
    }

    /// @param lasts zero for not at all
    public synchronized void put(K question, V answer, Duration lasts) {
        if (!lasts.isPositive()) {
            return;
        }
        known.put(question, new Known<>(answer, clock.nanos() + lasts.toNanos()));
        if (known.size() > max) {
            known.pollFirstEntry();
        }
    }
}
