package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Event;
import io.coxswain.storage.Key;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Loses power at every single operation on the disk, at each with another fate of what was not
/// forced, and compares what comes back with what was acknowledged.
class PowerFailureTest {

    private static final int WRITES = 60;

    @Test
    void nothingAcknowledgedIsLostWhereverThePowerFails() {
        everyOperation(0, 6);
    }

    @Test
    @Tag("real") // A long run of the same.
    void nothingAcknowledgedIsLostInManyMoreWorkloads() {
        everyOperation(1_000, 1_100);
    }

    private static void everyOperation(int seedFrom, int seedTo) {
        for (var seed = seedFrom; seed < seedTo; seed++) {
            var operations = new Workload(seed, Integer.MAX_VALUE).run();
            for (var at = 1; at <= operations; at++) {
                var workload = new Workload(seed, at);
                workload.run();
                try {
                    workload.check(seed * 31L + at);
                } catch (AssertionError | RuntimeException fault) {
                    throw new AssertionError("seed " + seed + ", operation " + at, fault);
                }
            }
        }
    }

    /// Random writes and snapshots by one writer, on a disk that loses power at one operation.
    private static final class Workload {
        private final Random random;
        private final int powerFailsAt;
        private final MemoryDisk disk = new MemoryDisk();
        private final TreeMap<Key, Entry> acknowledged = new TreeMap<>();
        private final List<Event> events = new ArrayList<>();
        private @Nullable Write inDoubt;
        private int operations;
        private boolean snapshotsFail;

        Workload(int seed, int powerFailsAt) {
            this.random = new Random(seed);
            this.powerFailsAt = powerFailsAt;
        }

        /// Returns how many operations the disk has seen.
        int run() {
            disk.inject((operation, file) -> {
                if (++operations >= powerFailsAt) {
                    throw new IOException("no power");
                }
                if (snapshotsFail && file.startsWith("snapshot")) {
                    throw new IOException("on purpose");
                }
            });
            try {
                var store = open(disk);
                for (var i = 0; i < WRITES; i++) {
                    step(store);
                }
            } catch (StoreException off) {
                assertThat(operations).isGreaterThanOrEqualTo(powerFailsAt);
            }
            return operations;
        }

        private void step(EmbeddedStore store) {
            if (random.nextInt(8) == 0) {
                saveSnapshot(store);
            }
            var key = pod("p" + random.nextInt(8));
            var current = acknowledged.get(key);
            var draft = draft("t" + random.nextInt(1_000) + "x".repeat(random.nextInt(900)));
            var write =
                    current == null
                            ? Write.create(key, draft)
                            : random.nextInt(4) == 0
                                    ? Write.delete(key, current.revision(), draft)
                                    : Write.update(key, current.revision(), draft);
            inDoubt = write;
            apply(((Write.Outcome.Written) store.write(write)).entry(), write, current);
            inDoubt = null;
        }

        /// Every other snapshot fails, so that there are segments that no snapshot follows.
        private void saveSnapshot(EmbeddedStore store) {
            snapshotsFail = !snapshotsFail;
            try {
                store.saveSnapshot();
            } catch (StoreException fault) {
                if (!String.valueOf(fault.getMessage()).contains("on purpose")) {
                    throw fault;
                }
            }
        }

        private void apply(Entry entry, Write write, @Nullable Entry before) {
            events.add(new Event(entry, before, write.delete()));
            if (write.delete()) {
                acknowledged.remove(write.key());
            } else {
                acknowledged.put(write.key(), entry);
            }
        }

        void check(long seed) {
            var fate = new Random(seed);
            var survivor = disk.afterPowerFailure(fate);
            for (var restart = 0; restart < 2; restart++) {
                var store = open(survivor);
                var doubtful = inDoubt;
                if (doubtful != null && store.snapshot().revision() == events.size() + 1) {
                    var last = drain(store.watch("pods", events.size(), () -> {})).getFirst();
                    assertThat(last.entry().bytes())
                            .isEqualTo(doubtful.draft().at(last.revision()));
                    apply(last.entry(), doubtful, acknowledged.get(doubtful.key()));
                    inDoubt = null;
                }
                compare(store);
                step(store);
                compare(store);
                survivor = survivor.afterPowerFailure(fate);
            }
        }

        private void compare(EmbeddedStore store) {
            assertThat(store.snapshot().revision()).isEqualTo(events.size());
            assertThat(list(store.snapshot(), "pods", ""))
                    .containsExactlyElementsOf(acknowledged.values());
            for (var entry : list(store.snapshot(), "pods", "")) {
                var known = acknowledged.get(entry.key());
                assertThat(known).isNotNull();
                assertThat(entry.bytes()).isEqualTo(known.bytes());
            }
            var from = (int) store.compactedRevision();
            assertThat(drain(store.watch("pods", from, () -> {})))
                    .isEqualTo(events.subList(from, events.size()));
        }

        private static EmbeddedStore open(MemoryDisk disk) {
            return EmbeddedStore.open(disk, Clock.SYSTEM, Options.DEFAULT);
        }
    }
}
