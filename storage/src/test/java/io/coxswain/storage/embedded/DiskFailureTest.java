package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
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
    void goesOnWhenAFullDiskHasSpaceAgain() {
        created(store, pod("a"), "x");
        disk.limit(400);
        assertThatThrownBy(() -> created(store, pod("b"), "y".repeat(500)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("no space left in a disk in memory");
        assertThat(store.stats().writable()).isTrue();
        assertThat(store.snapshot().count("pods", "")).isEqualTo(1);

        disk.limit(Long.MAX_VALUE);
        var next = created(store, pod("b"), "z");

        assertThat(next.revision()).isEqualTo(2);
        var again = open(disk.afterKill());
        assertThat(again.snapshot().revision()).isEqualTo(2);
        assertThat(again.snapshot().get(pod("b"))).isEqualTo(next);
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
