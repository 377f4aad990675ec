package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.FileDisk;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process with many writers again and again, and looks for what it had acknowledged.
@Tag("real")
class KillTest {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 20);
    private static final int WRITERS = 16;

    @Test
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled(@TempDir Path directory) throws Exception {
        var random = new Random(ROUNDS);
        var journal = new HashMap<String, Long>();
        var last = 0L;
        for (var round = 0; round < ROUNDS; round++) {
            var process = start(directory, round);
            var lines = 50 + random.nextInt(3_000);
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                journal(reader, lines, journal);
                process.destroyForcibly();
                // What it had printed before it died was acknowledged, too.
                journal(reader, Integer.MAX_VALUE, journal);
            }
            process.waitFor();
            assertThat(Verification.of(new FileDisk(directory)).sound()).isTrue();
            last = check(directory, journal, last);
        }
        assertThat(journal).hasSizeGreaterThan(ROUNDS * 50);
    }

    private static long check(Path directory, Map<String, Long> journal, long before) {
        try (var store = EmbeddedStore.open(directory, Clock.SYSTEM)) {
            var snapshot = store.snapshot();
            assertThat(snapshot.revision()).isGreaterThan(before);
            journal.forEach((name, revision) -> {
                var entry = snapshot.get(key(name));
                assertThat(entry).as(name).isNotNull();
                assertThat(entry.revision()).isEqualTo(revision);
                assertThat(text(entry)).contains("\"" + revision + "\"").contains(name);
            });
            var previous = store.compactedRevision();
            for (var event : drain(store.watch("pods", previous, () -> {}))) {
                assertThat(event.revision()).isEqualTo(previous + 1);
                previous = event.revision();
            }
            return snapshot.revision();
        }
    }

    private static void journal(BufferedReader reader, int lines, Map<String, Long> journal)
            throws IOException {
        for (var i = 0; i < lines; i++) {
            String line;
            try {
                line = reader.readLine();
            } catch (IOException killed) {
                return;
            }
            if (line == null || !line.endsWith(";")) {
                return;
            }
            var parts = line.substring(0, line.length() - 1).split(" ");
            journal.put(parts[0], Long.parseLong(parts[1]));
        }
    }

    private static Process start(Path directory, int round) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString(),
                        String.valueOf(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Key key(String name) {
        return new Key("pods", "default", name);
    }

    /// Writes as fast as it can and prints each write it was told of.
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            var options = Options.DEFAULT.withSnapshotAfterBytes(100_000);
            var disk = new FileDisk(Path.of(arguments[0]));
            var store = EmbeddedStore.open(disk, Clock.SYSTEM, options);
            for (var w = 0; w < WRITERS; w++) {
                var prefix = "r" + arguments[1] + "-w" + w + "-";
                Thread.ofPlatform().daemon().start(() -> write(store, prefix));
            }
            while (true) {
                store.upkeep().runOnce();
                Thread.onSpinWait();
            }
        }

        private static void write(EmbeddedStore store, String prefix) {
            for (var i = 0; ; i++) {
                var name = prefix + i;
                var entry = written(store.write(Write.create(key(name), draft(name))));
                System.out.println(name + " " + entry.revision() + ";");
            }
        }

        private static Entry written(Write.Outcome outcome) {
            return ((Write.Outcome.Written) outcome).entry();
        }
    }
}
