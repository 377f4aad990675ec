package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.deleted;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.ManualClock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.DiskFullException;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// There is no space at one write to the disk after the other, whatever the write is for.
class FullDiskTest {

    private static final int STEPS = 24;

    @Test
    void whereverSpaceRunsOutNothingIsLostAndTheStoreGoesOnWhenThereIsSome() throws Exception {
        var writes = new Run(Integer.MAX_VALUE).work();
        assertThat(writes).isGreaterThan(40);
        for (var at = 1; at <= writes; at++) {
            for (var lasting = 1; lasting <= 4; lasting++) {
                try {
                    new Run(at, lasting).check();
                } catch (AssertionError | StoreException fault) {
                    throw new AssertionError("full at write " + at + ", " + lasting, fault);
                }
            }
        }
    }

    /// Creations, deletions and snapshots on a disk that is full for some writes.
    private static final class Run {
        private final MemoryDisk disk = new MemoryDisk();
        private final ManualClock clock = new ManualClock(Instant.EPOCH);
        private final TreeMap<Key, Entry> acknowledged = new TreeMap<>();
        private final int fullAt;
        private final int lasting;
        private int writes;

        Run(int fullAt) {
            this(fullAt, 1);
        }

        Run(int fullAt, int lasting) {
            this.fullAt = fullAt;
            this.lasting = lasting;
        }

        private void count(String operation, String file) throws IOException {
            if (operation.equals("append") || operation.equals("create")) {
                writes++;
                if (writes >= fullAt && writes < fullAt + lasting) {
                    throw new DiskFullException("No space left on device", new IOException(file));
                }
            }
        }

        int work() throws Exception {
            try (var store = EmbeddedStore.open(disk, clock, Options.DEFAULT)) {
                disk.inject(this::count);
                for (var i = 0; i < STEPS; i++) {
                    step(store, i);
                }
                assertThat(store.fault()).isNull();
                assertThat(list(store.snapshot(), "pods", ""))
                        .containsExactlyElementsOf(acknowledged.values());
                return writes;
            }
        }

        private void step(EmbeddedStore store, int i) throws Exception {
            try {
                if (i % 6 == 5) {
                    store.saveSnapshot();
                } else if (i % 4 == 3) {
                    var first = acknowledged.firstEntry();
                    if (first != null) {
                        deleted(store, first.getKey(), first.getValue().revision(), "x");
                        acknowledged.remove(first.getKey());
                    }
                } else {
                    var entry = created(store, pod("p" + i), "x".repeat(50));
                    acknowledged.put(entry.key(), entry);
                }
            } catch (StoreException full) {
                assertThat(full).hasMessageMatching("(?s).*(space|snapshot).*");
            }
            clock.advance(Duration.ofSeconds(1));
            upkeep(store);
        }

        private static void upkeep(EmbeddedStore store) throws Exception {
            try {
                store.upkeep().runOnce();
            } catch (IOException full) {
                assertThat(full).isInstanceOf(DiskFullException.class);
            }
        }

        void check() throws Exception {
            work();
            disk.inject((operation, file) -> {});
            try (var again = EmbeddedStore.open(disk.afterKill(), clock, Options.DEFAULT)) {
                assertThat(list(again.snapshot(), "pods", ""))
                        .containsExactlyElementsOf(acknowledged.values());
                upkeep(again);
                created(again, pod("later"), "x");
                assertThat(again.stats().spaceAlarm()).isFalse();
            }
        }
    }
}
