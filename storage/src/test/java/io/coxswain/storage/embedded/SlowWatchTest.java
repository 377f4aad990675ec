package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.pod;
import static io.coxswain.storage.Samples.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.ManualClock;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Watch;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.VoidDisk;
import io.coxswain.storage.state.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// Watchers that do not read, beside writers that do not stop.
class SlowWatchTest {

    private static final int WATCHERS = 300;
    private static final long HISTORY_BYTES_MAX = 2 << 20;

    @Test
    void areCutOffAndCostNeitherMemoryNorAWritersTime() throws Exception {
        var limits = new Limits(Duration.ofMinutes(5), 250_000, HISTORY_BYTES_MAX);
        var options = Options.DEFAULT.withHistory(limits).withSnapshotAfterBytes(Long.MAX_VALUE);
        var clock = new ManualClock(Instant.EPOCH);
        try (var store = EmbeddedStore.open(new VoidDisk(), clock, options)) {
            var stalled = new ArrayList<Watch>();
            for (var i = 0; i < WATCHERS; i++) {
                stalled.add(store.watch("pods", 0, () -> {}));
            }
            var before = used();
            // Twenty-five megabytes of changes, while a quick reader beside them keeps up.
            var quick = store.watch("pods", 0, () -> {});
            var last = Write.ABSENT;
            var seen = 0;
            for (var i = 0; i < 5_000; i++) {
                var write = Write.update(pod("busy"), last, draft("x".repeat(5_000) + i));
                last = written(store.write(write)).revision();
                seen += quick.poll(10).size();
                if (i % 100 == 0) {
                    clock.advance(Duration.ofSeconds(1));
                    store.upkeep().runOnce();
                }
            }

            assertThat(seen).isEqualTo(5_000);
            assertThat(store.stats().historyBytes()).isLessThan(2 * HISTORY_BYTES_MAX);
            assertThat(used() - before).isLessThan(10 << 20);
            for (var watch : stalled) {
                assertThatThrownBy(() -> watch.poll(1)).isInstanceOf(CompactedException.class);
            }
        }
    }

    private static long used() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
