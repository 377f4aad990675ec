package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.coxswain.base.Clock;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationTest {

    private static final String LAST_LOG = "log-0000000003";

    private final MemoryDisk disk = new MemoryDisk();

    @BeforeEach
    void fill() {
        try (var store = EmbeddedStore.open(disk, Clock.SYSTEM, Options.DEFAULT)) {
            for (var i = 0; i < 3; i++) {
                created(store, pod("a" + i), "x");
                created(store, pod("b" + i), "x");
                if (i < 2) {
                    store.saveSnapshot();
                }
            }
        }
    }

    @Test
    void reportsWhatIsInEachFile() {
        var report = Verification.of(disk);

        assertThat(report.sound()).isTrue();
        assertThat(report.files())
                .extracting(
                        Verification.Checked::file,
                        Verification.Checked::records,
                        Verification.Checked::firstRevision,
                        Verification.Checked::lastRevision)
                .containsExactly(
                        tuple("log-0000000002", 2L, 3L, 4L),
                        tuple(LAST_LOG, 2L, 5L, 6L),
                        tuple(Files.snapshot(2), 2L, 2L, 2L),
                        tuple(Files.snapshot(4), 4L, 4L, 4L));
    }

    @Test
    void findsDamageAndChangesNothing() throws IOException {
        for (var name : disk.list()) {
            if (name.equals(Files.FORMAT)) {
                continue;
            }
            var damaged = disk.afterKill();
            var bytes = damaged.bytes(name);
            bytes[60] ^= 1;
            damaged.put(name, bytes);

            assertThat(Verification.of(damaged).sound()).as(name).isFalse();
            assertThat(damaged.bytes(name)).isEqualTo(bytes);
        }
    }

    @Test
    void aTornEndIsNoDamage() throws IOException {
        var bytes = disk.bytes(LAST_LOG);
        disk.put(LAST_LOG, Arrays.copyOf(bytes, bytes.length - 1));

        var report = Verification.of(disk);

        assertThat(report.sound()).isTrue();
        assertThat(report.files().get(1).tornBytes()).isPositive();
    }

    @Test
    void refusesAnOpenStore() {
        try (var _ = EmbeddedStore.open(disk, Clock.SYSTEM, Options.DEFAULT)) {
            assertThatThrownBy(() -> Verification.of(disk))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use");
        }
    }
}
