package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.deleted;
import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.json;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static io.coxswain.storage.Samples.text;
import static io.coxswain.storage.Samples.updated;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.ManualClock;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A store that the first version wrote, kept as files: every later version has to open it.
class FormatTest {

    private static final List<String> FILES =
            List.of(
                    "FORMAT",
                    "log-0000000002",
                    "log-0000000003",
                    "snapshot-00000000000000000004",
                    "snapshot-00000000000000000006");

    @Test
    void opensWhatTheFirstVersionWrote() throws IOException {
        var disk = new MemoryDisk();
        for (var name : FILES) {
            try (var in = FormatTest.class.getResourceAsStream("/format-1/" + name)) {
                assertThat(in).as(name).isNotNull();
                disk.put(name, in.readAllBytes());
            }
        }

        assertThat(Verification.of(disk).sound()).isTrue();
        try (var store = EmbeddedStore.open(disk, clock(), Options.DEFAULT)) {
            var pods = list(store.snapshot(), "pods", "");
            assertThat(store.snapshot().revision()).isEqualTo(8);
            assertThat(pods).extracting(entry -> entry.key().name()).containsExactly("b", "ü");
            assertThat(text(pods.getFirst())).isEqualTo(json(4, "changed"));
            assertThat(pods.getLast().header().labels()).containsEntry("app", "grün");
            assertThat(store.stats().expiring()).isEqualTo(1);
            assertThat(drain(store.watch("pods", store.compactedRevision(), () -> {})))
                    .isNotEmpty();
        }
    }

    private static ManualClock clock() {
        return new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /// Writes those files; done once for each version of the format.
    public static void main(String[] arguments) {
        var disk = new FileDisk(Path.of(arguments[0]));
        try (var store = EmbeddedStore.open(disk, clock(), Options.DEFAULT)) {
            var a = created(store, pod("a"), "one");
            var b = created(store, pod("b"), "two");
            deleted(store, pod("a"), a.revision(), "one");
            updated(store, pod("b"), b.revision(), "changed");
            store.saveSnapshot();
            created(store, pod("ü"), "grün");
            var event = Write.create(pod("event"), draft("short"));
            store.write(event.expiringAfter(Duration.ofHours(1)));
            store.saveSnapshot();
            var last = store.snapshot().get(pod("event"));
            if (last != null) {
                deleted(store, pod("event"), last.revision(), "short");
            }
            var lease = new Key("leases", "default", "l");
            store.write(Write.create(lease, draft("l")).expiringAfter(Duration.ofHours(1)));
        }
    }
}
