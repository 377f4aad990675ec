package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.deleted;
import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.base.ManualClock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskFailureTest {

    private final MemoryDisk disk = new MemoryDisk();
    private final EmbeddedStore store = open(disk);

    private static EmbeddedStore open(MemoryDisk disk) {
        return EmbeddedStore.open(disk, Clock.SYSTEM, Options.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "force"})
    void acknowledgesNothingAfterAFailedWriteOrForce(String operation) throws Exception {
        var kept = created(store, pod("kept"), "x");
        var watch = store.watch("pods", 0, () -> {});
        failOnce(operation);

        assertThatThrownBy(() -> created(store, pod("lost"), "x"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("takes no more writes");
        assertThatThrownBy(() -> created(store, pod("later"), "x"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("Input/output error");

        assertThat(store.snapshot().get(pod("kept"))).isEqualTo(kept);
        assertThat(store.snapshot().count("pods", "")).isEqualTo(1);
        assertThat(drain(watch)).hasSize(1);
        assertThat(store.stats().writable()).isFalse();
        store.upkeep().runOnce();
        assertThat(open(disk.afterKill()).snapshot().get(pod("kept"))).isEqualTo(kept);
    }

    @Test
    void goesOnWhenAFullDiskHasSpaceAgain() throws Exception {
        created(store, pod("a"), "x");
        disk.limit(400);
        assertThatThrownBy(() -> created(store, pod("b"), "y".repeat(500)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no space left in a disk in memory");
        assertThat(store.stats().writable()).isTrue();
        assertThat(store.snapshot().count("pods", "")).isEqualTo(1);

        disk.limit(Long.MAX_VALUE);
        store.upkeep().runOnce();
        var next = created(store, pod("b"), "z");

        assertThat(next.revision()).isEqualTo(2);
        var again = open(disk.afterKill());
        assertThat(again.snapshot().revision()).isEqualTo(2);
        assertThat(again.snapshot().get(pod("b"))).isEqualTo(next);
    }

    @Test
    void deletesOnAFullDiskAndGoesOnThen() throws Exception {
        store.upkeep().runOnce();
        var a = created(store, pod("a"), "x".repeat(300));
        disk.limit(disk.size("log-0000000001") + disk.size("RESERVE") + 100);
        assertThatThrownBy(() -> created(store, pod("b"), "x".repeat(300)))
                .hasMessageContaining("no space left");
        assertThatThrownBy(() -> created(store, pod("c"), "x"))
                .hasMessageContaining("only deletions are stored until there is space");
        store.upkeep().runOnce();
        assertThat(store.stats().spaceAlarm()).isTrue();

        assertThat(deleted(store, pod("a"), a.revision(), "x").revision()).isEqualTo(2);

        disk.limit(Long.MAX_VALUE);
        store.upkeep().runOnce();
        assertThat(store.stats().spaceAlarm()).isFalse();
        assertThat(created(store, pod("b"), "x").revision()).isEqualTo(3);
    }

    @Test
    void beyondItsQuotaItTakesOnlyDeletionsUntilTheyMadeSpace() throws Exception {
        var quota = 4_000_000;
        var clock = new ManualClock(Instant.EPOCH);
        var small =
                EmbeddedStore.open(new MemoryDisk(), clock, Options.DEFAULT.withQuotaBytes(quota));
        var pods = new ArrayList<Entry>();
        while (!small.stats().spaceAlarm()) {
            pods.add(created(small, pod("p" + pods.size()), "x".repeat(1_000)));
            small.upkeep().runOnce();
        }
        assertThatThrownBy(() -> created(small, pod("more"), "x"))
                .hasMessageContaining("exceeds its quota of 4000000 bytes");
        for (var pod : pods) {
            deleted(small, pod.key(), pod.revision(), "x");
        }
        for (var run = 0; run < 2; run++) {
            clock.advance(Duration.ofSeconds(30));
            small.upkeep().runOnce();
        }
        assertThat(small.stats().spaceAlarm()).isFalse();
        assertThat(created(small, pod("more"), "x").revision()).isPositive();
    }

    @Test
    void stopsWhenAFullDiskCannotEvenTakeBack() {
        created(store, pod("a"), "x");
        disk.limit(400);
        failOnce("truncate");

        assertThatThrownBy(() -> created(store, pod("b"), "y".repeat(500)))
                .isInstanceOf(StoreException.class);

        assertThat(store.stats().writable()).isFalse();
    }

    @Test
    void aFailedSnapshotHarmsNothing() {
        created(store, pod("a"), "x");
        for (var operation : new String[] {"create", "append", "force", "rename", "forceNames"}) {
            var failures = new AtomicInteger();
            disk.inject((done, file) -> {
                if (done.equals(operation) && failures.getAndIncrement() == 1) {
                    throw new IOException("Input/output error");
                }
            });
            assertThatThrownBy(store::saveSnapshot).isInstanceOf(StoreException.class);
            disk.inject((done, file) -> {});
            created(store, pod(operation), "x");
        }
        store.saveSnapshot();

        assertThat(open(disk.afterKill()).snapshot().count("pods", "")).isEqualTo(6);
    }

    @Test
    void everyWriterOfAFailedGroupIsTold() throws Exception {
        failOnce("force");
        var failures = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 20; i++) {
            var write = Write.create(pod("p" + i), draft("x"));
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    store.write(write);
                                } catch (StoreException expected) {
                                    failures.incrementAndGet();
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(failures.get()).isEqualTo(20);
        assertThat(store.snapshot().revision()).isZero();
    }

    private void failOnce(String operation) {
        var failed = new AtomicInteger();
        disk.inject((done, file) -> {
            if (done.equals(operation) && failed.getAndIncrement() == 0) {
                throw new IOException("Input/output error");
            }
        });
    }
}
