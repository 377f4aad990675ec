package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.ManualClock;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BackupTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final MemoryDisk shelf = new MemoryDisk();
    private final MemoryDisk target = new MemoryDisk();

    @Test
    void aRestoredStoreHasTheStateButNoRevisionAgain() {
        var store = EmbeddedStore.inMemory(clock);
        var old = created(store, pod("a"), "one");
        var expiring = Write.create(pod("b"), draft("x")).expiringAfter(Duration.ofHours(1));
        store.write(expiring);
        var state = list(store.snapshot(), "pods", "");
        assertThat(store.backup(shelf, "backup")).isEqualTo(2);
        var lost = created(store, pod("lost"), "after the backup");

        Backup.restore(shelf, "backup", target, clock);

        for (var round = 0; round < 2; round++) {
            var restored = EmbeddedStore.open(target, clock, Options.DEFAULT);
            assertThat(list(restored.snapshot(), "pods", "")).isEqualTo(state);
            assertThat(restored.stats().expiring()).isEqualTo(1);
            assertThatThrownBy(() -> restored.watch("pods", old.revision(), () -> {}))
                    .isInstanceOf(CompactedException.class);
            assertThatThrownBy(() -> restored.snapshotAt(lost.revision()))
                    .isInstanceOf(CompactedException.class);
            restored.close();
        }
        var restored = EmbeddedStore.open(target, clock, Options.DEFAULT);
        assertThat(created(restored, pod("new"), "x").revision())
                .isGreaterThan(lost.revision() + 1_000_000);
        clock.advance(Duration.ofHours(1));
        restored.expire();
        assertThat(restored.snapshot().get(pod("b"))).isNull();
    }

    @Test
    void isRestoredOnlyIntoAnEmptyDirectory() {
        var store = EmbeddedStore.inMemory(clock);
        store.backup(shelf, "backup");
        EmbeddedStore.open(target, clock, Options.DEFAULT).close();

        assertThatThrownBy(() -> Backup.restore(shelf, "backup", target, clock))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void aDamagedBackupIsNotRestored() throws IOException {
        var store = EmbeddedStore.inMemory(clock);
        created(store, pod("a"), "one");
        store.backup(shelf, "backup");
        var bytes = shelf.bytes("backup");
        bytes[bytes.length / 2] ^= 1;
        shelf.put("backup", bytes);

        assertThatThrownBy(() -> Backup.restore(shelf, "backup", target, clock))
                .isInstanceOf(CorruptionException.class);
        assertThat(target.list()).isEmpty();
    }
}
