package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Cuts, flips and swaps bytes: the store comes back to a state it had, or says what is damaged.
class DamageTest {

    private static final String LOG = "log-0000000001";
    private static final int WRITES = 12;

    private final MemoryDisk disk = new MemoryDisk();

    /// The length of the log after each write; the first is that of an empty one.
    private final List<Integer> ends = new ArrayList<>();

    private List<Entry> entries = List.of();

    @BeforeEach
    void fill() throws IOException {
        try (var store = open(disk)) {
            ends.add(disk.bytes(LOG).length);
            for (var i = 0; i < WRITES; i++) {
                created(store, pod("p" + (char) ('a' + i)), "text" + i);
                ends.add(disk.bytes(LOG).length);
            }
            entries = list(store.snapshot(), "pods", "");
        }
    }

    private static EmbeddedStore open(MemoryDisk disk) {
        return EmbeddedStore.open(disk, Clock.SYSTEM, Options.DEFAULT);
    }

    private static List<Entry> recovered(MemoryDisk disk) {
        try (var store = open(disk)) {
            return list(store.snapshot(), "pods", "");
        }
    }

    /// How many writes are wholly within the first `length` bytes.
    private int whole(int length) {
        return (int) ends.stream().filter(end -> end <= length).count() - 1;
    }

    @Test
    void aLogCutAnywhereGivesTheWritesBeforeTheCut() throws IOException {
        var log = disk.bytes(LOG);
        for (var length = ends.getFirst(); length <= log.length; length++) {
            var cut = disk.afterKill();
            cut.put(LOG, Arrays.copyOf(log, length));

            assertThat(recovered(cut)).isEqualTo(entries.subList(0, whole(length)));
            assertThat(cut.bytes(LOG)).hasSize(ends.get(whole(length)));
        }
    }

    @Test
    void aLogWithZerosOrRubbishAtItsEndGivesAllWrites() throws IOException {
        var log = disk.bytes(LOG);
        for (var rubbish : new byte[] {0, (byte) 0xFF, 'C'}) {
            var longer = Arrays.copyOf(log, log.length + 5_000);
            Arrays.fill(longer, log.length, longer.length, rubbish);
            var padded = disk.afterKill();
            padded.put(LOG, longer);

            assertThat(recovered(padded)).isEqualTo(entries);
            assertThat(recovered(padded)).isEqualTo(entries);
        }
    }

    @Test
    void aFlippedByteIsReportedUnlessItIsInTheLastWrite() throws IOException {
        var log = disk.bytes(LOG);
        for (var at = 0; at < log.length; at++) {
            var flipped = disk.afterKill();
            var bytes = log.clone();
            bytes[at] ^= 0x10;
            flipped.put(LOG, bytes);

            if (at >= ends.get(WRITES - 1)) {
                assertThat(recovered(flipped)).isEqualTo(entries.subList(0, WRITES - 1));
                continue;
            }
            long start = at < Preamble.BYTES ? 0 : ends.get(whole(at));
            assertThatThrownBy(() -> open(flipped))
                    .isInstanceOfSatisfying(
                            CorruptionException.class,
                            fault -> {
                                assertThat(fault.file()).isEqualTo(LOG);
                                assertThat(fault.offset()).isEqualTo(start);
                            });
            assertThat(flipped.bytes(LOG)).isEqualTo(bytes);
        }
    }

    @Test
    void aWriteThatIsThereTwiceIsReported() throws IOException {
        var log = disk.bytes(LOG);
        var start = ends.get(WRITES - 1);
        var twice = Arrays.copyOf(log, log.length + log.length - start);
        System.arraycopy(log, start, twice, log.length, log.length - start);
        disk.put(LOG, twice);

        assertThatThrownBy(() -> open(disk))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("revision 12 follows 12");
    }

    @Test
    void anObjectThatContainsALogIsNotMistakenForOne() throws IOException {
        var text = new String(disk.bytes(LOG), java.nio.charset.StandardCharsets.ISO_8859_1);
        try (var store = open(disk)) {
            created(store, pod("trojan"), text);
        }
        var log = disk.bytes(LOG);
        disk.put(LOG, Arrays.copyOf(log, log.length - 1));

        assertThat(recovered(disk)).isEqualTo(entries);
    }

    @Test
    void swappedOrMissingSegmentsAreReported() throws IOException {
        withThreeSegments(disk);
        var swapped = disk.afterKill();
        swapped.put("log-0000000002", disk.bytes("log-0000000003"));
        swapped.put("log-0000000003", disk.bytes("log-0000000002"));
        assertThatThrownBy(() -> open(swapped)).isInstanceOf(CorruptionException.class);

        var missing = disk.afterKill();
        missing.delete("log-0000000002");
        missing.delete("log-0000000003");
        assertThatThrownBy(() -> open(missing))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("log-0000000002 is damaged at offset 0: the file is missing");
    }

    @Test
    void aDamagedSnapshotIsReplacedByTheOther() throws IOException {
        withThreeSegments(disk);
        var all = recovered(disk.afterKill());
        var snapshots = disk.list().stream().filter(n -> n.startsWith("snapshot")).toList();
        assertThat(snapshots).hasSize(2);

        for (var name : snapshots) {
            var whole = disk.bytes(name);
            for (var at = 0; at < whole.length; at += 3) {
                var flipped = disk.afterKill();
                flipped.delete(LOG);
                var bytes = whole.clone();
                bytes[at] ^= 0x01;
                flipped.put(name, bytes);
                assertThat(recovered(flipped)).isEqualTo(all);
            }
        }
    }

    @Test
    void aSnapshotCutAnywhereIsNotUsed() throws IOException {
        withThreeSegments(disk);
        disk.delete(LOG);
        var name = disk.list().stream().filter(n -> n.startsWith("snapshot")).toList().getFirst();
        var whole = disk.bytes(name);
        var all = recovered(disk.afterKill());
        for (var length = 0; length < whole.length; length++) {
            var cut = disk.afterKill();
            cut.put(name, Arrays.copyOf(whole, length));
            assertThat(recovered(cut)).isEqualTo(all);
        }
    }

    @Test
    void twoDamagedSnapshotsAreReported() throws IOException {
        withThreeSegments(disk);
        disk.delete(LOG);
        for (var name : disk.list()) {
            if (name.startsWith("snapshot")) {
                disk.put(name, new byte[100]);
            }
        }
        assertThatThrownBy(() -> open(disk))
                .isInstanceOf(CorruptionException.class)
                .hasMessageContaining("snapshot-");
    }

    private static void withThreeSegments(MemoryDisk disk) {
        try (var store = open(disk)) {
            store.saveSnapshot();
            created(store, pod("q1"), "x");
            created(store, pod("q2"), "x");
            store.saveSnapshot();
            created(store, pod("q3"), "x");
        }
    }
}
