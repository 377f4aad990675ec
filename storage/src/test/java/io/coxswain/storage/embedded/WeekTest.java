package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.ManualClock;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.disk.ForwardingDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hundred nodes renew their Leases every ten seconds and report an Event each minute, which
/// lives an hour. Nothing of it may pile up.
class WeekTest {

    private static final int NODES = 100;
    private static final int BEATS_PER_WEEK = 7 * 24 * 360;

    /// Two snapshots, the log since the older one, and what is written in a second.
    private static final long DISK_BYTES_MAX = 200L << 20;

    /// Five minutes of renewals, Events and their ends.
    private static final long HISTORY_EVENTS_MAX = NODES * (30 + 5 + 5 + 2) + 1_000;

    @Test
    void twoHoursOfHeartbeatsStayBounded(@TempDir Path directory) throws Exception {
        new Week(directory).run(2 * 360);
    }

    @Test
    @Tag("real") // Seven million writes.
    void aWeekOfHeartbeatsStaysBounded(@TempDir Path directory) throws Exception {
        new Week(directory).run(BEATS_PER_WEEK);
    }

    private static final class Week {
        private final ManualClock clock = new ManualClock(Instant.EPOCH);
        private final long[] renewed = new long[NODES];
        private final EmbeddedStore store;
        private final FileDisk disk;
        private long diskMost;
        private long historyMost;
        private long heapAfterADay;

        Week(Path directory) {
            this.disk = new FileDisk(directory);
            // Power does not fail in this test, and it has no time to wait for the disk.
            var unforced =
                    new ForwardingDisk(disk) {
                        @Override
                        protected OpenFile through(String name, OpenFile file) {
                            return new ForwardingFile(file) {
                                @Override
                                public void force() {}
                            };
                        }
                    };
            this.store = EmbeddedStore.open(unforced, clock, Options.DEFAULT);
        }

        void run(int beats) throws Exception {
            for (var beat = 0; beat < beats; beat++) {
                beat(beat);
                clock.advance(Duration.ofSeconds(10));
                store.upkeep().runOnce();
                if (beat % 360 == 0) {
                    measure(beat);
                }
            }
            var expired = store.stats().expiring();
            store.close();
            System.out.printf(
                    "%,d writes: disk at most %,d KB, history at most %,d events%n",
                    store.snapshot().revision(), diskMost >> 10, historyMost);
            assertThat(expired).isLessThanOrEqualTo(NODES * 61L);
            assertThat(store.snapshot().count("leases.coordination.k8s.io", "")).isEqualTo(NODES);
        }

        private void beat(int beat) {
            for (var node = 0; node < NODES; node++) {
                var lease = lease(node);
                renewed[node] =
                        written(store.write(Write.update(lease, renewed[node], draft("b" + beat))))
                                .revision();
                if (beat % 6 == node % 6) {
                    var event = new Key("events", "default", "e" + node + "-" + beat);
                    var write = Write.create(event, draft("x".repeat(600)));
                    store.write(write.expiringAfter(Duration.ofHours(1)));
                }
            }
        }

        private void measure(int beat) throws IOException {
            var used = 0L;
            for (var name : disk.list()) {
                used += disk.size(name);
            }
            diskMost = Math.max(diskMost, used);
            historyMost = Math.max(historyMost, store.stats().historyEvents());
            assertThat(used).isLessThan(DISK_BYTES_MAX);
            assertThat(historyMost).isLessThan(HISTORY_EVENTS_MAX);
            if (beat % 8_640 == 0 && beat > 0) {
                heap();
            }
        }

        /// The memory in use each day, within a few megabytes of the first day's.
        private void heap() {
            System.gc();
            var runtime = Runtime.getRuntime();
            var used = runtime.totalMemory() - runtime.freeMemory();
            heapAfterADay = heapAfterADay == 0 ? used : heapAfterADay;
            assertThat(used).isLessThan(heapAfterADay + (16 << 20));
        }
    }

    private static Key lease(int node) {
        return new Key("leases.coordination.k8s.io", "kube-node-lease", "node-" + node);
    }
}
