package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.deleted;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.FileDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file system of a few megabytes that fills up, and is made larger.
@Tag("real")
class FullFileSystemTest {

    @Test
    void deletionsAndReadsWorkWhenItIsFullAndAllElseWhenItHasSpaceAgain(@TempDir Path mount)
            throws Exception {
        run("mount", "-t", "tmpfs", "-o", "size=3m", "cox-full", mount.toString());
        try {
            var directory = mount.resolve("store");
            var pods = new ArrayList<Entry>();
            try (var store = EmbeddedStore.open(directory, Clock.SYSTEM)) {
                store.upkeep().runOnce();
                assertThatThrownBy(
                                () -> {
                                    while (pods.size() < 10_000) {
                                        pods.add(
                                                created(
                                                        store,
                                                        pod("p" + pods.size()),
                                                        "x".repeat(2_000)));
                                    }
                                })
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("no space left");
                assertThatThrownBy(() -> created(store, pod("more"), "x"))
                        .hasMessageContaining("only deletions are stored until there is space");
                assertThat(store.stats().spaceAlarm()).isTrue();
                assertThat(store.fault()).isNull();

                var first = pods.removeFirst();
                deleted(store, first.key(), first.revision(), "x");
                assertThat(list(store.snapshot(), "pods", "")).hasSize(pods.size());

                run("mount", "-o", "remount,size=16m", mount.toString());
                store.upkeep().runOnce();
                created(store, pod("more"), "x");
            }
            assertThat(Verification.of(new FileDisk(directory)).sound()).isTrue();
            try (var again = EmbeddedStore.open(directory, Clock.SYSTEM)) {
                assertThat(list(again.snapshot(), "pods", "")).hasSize(pods.size() + 1);
            }
        } finally {
            run("umount", mount.toString());
        }
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }
}
