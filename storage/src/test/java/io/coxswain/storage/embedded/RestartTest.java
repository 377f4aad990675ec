package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.deleted;
import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static io.coxswain.storage.Samples.text;
import static io.coxswain.storage.Samples.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.ManualClock;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Event;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Samples;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final MemoryDisk disk = new MemoryDisk();

    private EmbeddedStore open() {
        return EmbeddedStore.open(disk, clock, Options.DEFAULT);
    }

    @Test
    void bringsBackStateRevisionAndHistory() {
        var store = open();
        var first = created(store, pod("a"), "one");
        var second = updated(store, pod("a"), first.revision(), "two");
        var other = created(store, pod("b"), "b");
        var last = deleted(store, pod("a"), second.revision(), "last");
        store.close();

        var again = open();

        assertThat(again.snapshot().revision()).isEqualTo(last.revision());
        assertThat(list(again.snapshot(), "pods", "")).containsExactly(other);
        assertThat(drain(again.watch("pods", 0, () -> {})))
                .containsExactly(
                        new Event(first, null, false),
                        new Event(second, first, false),
                        new Event(other, null, false),
                        new Event(last, second, true));
        assertThat(again.compactedRevision()).isZero();
        assertThat(list(again.snapshotAt(second.revision()), "pods", "")).containsExactly(second);
    }

    @Test
    void bringsBackEveryPartOfAnObject() {
        var header =
                new Header(
                        "uid",
                        Map.of("app", "wéb", "tier", "x".repeat(200), "", ""),
                        Map.of("spec.nodeName", "n1"),
                        List.of("owner-1", "owner-2"));
        var bytes = "{\"größe\":\"\"}".getBytes(StandardCharsets.UTF_8);
        var key = new Key("widgets.example.com", "ns", "näme");
        var store = open();
        store.write(Write.create(key, new Draft(header, bytes, -1)));
        store.saveSnapshot();
        store.close();

        var entry = open().snapshot().get(key);

        assertThat(entry).isNotNull();
        assertThat(entry.key()).isEqualTo(key);
        assertThat(entry.header()).isEqualTo(header);
        assertThat(entry.bytes()).isEqualTo(bytes);
        assertThat(entry.revision()).isEqualTo(1);
    }

    @Test
    void neverUsesARevisionTwiceEvenWhenNothingIsLeft() {
        var store = open();
        var first = created(store, pod("a"), "one");
        var last = deleted(store, pod("a"), first.revision(), "one");
        store.saveSnapshot();
        store.close();

        assertThat(created(open(), pod("b"), "b").revision()).isEqualTo(last.revision() + 1);
    }

    @Test
    void aWatchResumesAfterARestartRightAfterASnapshot() {
        var store = open();
        created(store, pod("a"), "one");
        store.saveSnapshot();
        var seen = created(store, pod("b"), "two");
        var missed = created(store, pod("c"), "three");
        store.saveSnapshot();
        store.close();

        var again = open();

        assertThat(drain(again.watch("pods", seen.revision(), () -> {})))
                .containsExactly(new Event(missed, null, false));
    }

    @Test
    void keepsTwoSnapshotsAndTheLogBetweenThem() {
        var store = open();
        for (var i = 1; i <= 5; i++) {
            created(store, pod("p" + i), "x");
            store.saveSnapshot();
        }
        created(store, pod("p6"), "x");
        store.saveSnapshot();
        store.saveSnapshot();
        store.close();

        assertThat(disk.list())
                .containsExactly(
                        "FORMAT",
                        "log-0000000006",
                        "log-0000000007",
                        "snapshot-00000000000000000005",
                        "snapshot-00000000000000000006");
        var again = open();
        assertThat(again.compactedRevision()).isEqualTo(5);
        assertThat(list(again.snapshot(), "pods", "")).hasSize(6);
        assertThatThrownBy(() -> again.watch("pods", 4, () -> {}))
                .isInstanceOf(CompactedException.class);
    }

    @Test
    void surfacesTheSameStateAfterManyRestartsAndSnapshots() {
        for (var round = 0; round < 30; round++) {
            var store = open();
            assertThat(store.snapshot().count("pods", "")).isEqualTo(round * 10);
            for (var i = 0; i < 10; i++) {
                var entry = created(store, pod("p" + round + "-" + i), "x");
                assertThat(entry.revision()).isEqualTo(round * 10 + i + 1);
            }
            if (round % 3 == 0) {
                store.saveSnapshot();
            }
            store.close();
        }
    }

    @Test
    void readsOnButWritesNoMoreAfterClose() {
        var store = open();
        var entry = created(store, pod("a"), "one");
        store.close();
        store.close();

        assertThat(store.snapshot().get(pod("a"))).isEqualTo(entry);
        assertThatThrownBy(() -> store.write(Write.create(pod("b"), draft("x"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void isOpenOnlyOnce(@TempDir Path directory) {
        var files = new FileDisk(directory);
        try (var store = EmbeddedStore.open(files, clock, Options.DEFAULT)) {
            created(store, pod("a"), "one");
            assertThatThrownBy(() -> EmbeddedStore.open(files, clock, Options.DEFAULT))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use");
        }
        try (var again = EmbeddedStore.open(files, clock, Options.DEFAULT)) {
            assertThat(again.snapshot().count("pods", "")).isEqualTo(1);
        }
    }

    @Test
    void survivesInterruptedWriters(@TempDir Path directory) throws Exception {
        try (var store = EmbeddedStore.open(directory, clock)) {
            var thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (var i = 0; i < 50; i++) {
                                    Thread.currentThread().interrupt();
                                    created(store, pod("p" + i), "x");
                                    assertThat(Thread.interrupted()).isTrue();
                                }
                            });
            thread.join();
            assertThat(store.snapshot().count("pods", "")).isEqualTo(50);
            assertThat(store.stats().writable()).isTrue();
        }
    }

    @Test
    void refusesAFormatItDoesNotKnow() {
        open().close();
        disk.put("FORMAT", "coxswain store format 99\n".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("format 99");
    }

    @Test
    void refusesADirectoryWhoseFilesWereTakenAway() throws IOException {
        var store = open();
        created(store, pod("a"), "one");
        store.close();
        disk.delete("log-0000000001");

        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("log-0000000001");
    }

    @Test
    void aBadDraftFailsAlone() {
        var store = open();
        var bad = new Draft(Header.EMPTY, new byte[3], 99);

        assertThatThrownBy(() -> store.write(Write.create(pod("bad"), bad)))
                .isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(text(created(store, pod("a"), "one"))).isEqualTo(Samples.json(1, "one"));
    }
}
