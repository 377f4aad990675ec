package io.coxswain.bench.crash;

import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.EmbeddedStore;
import io.coxswain.storage.embedded.Options;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/// A process with many writers that says what it is about to write and what was acknowledged, until
/// it dies. Arguments: directory, round, seed, writers, failpoint (or `-`).
final class Victim {

    /// Small, so that there is a snapshot every few hundred writes.
    static final Options OPTIONS = Options.DEFAULT.withSnapshotAfterBytes(400_000);

    static final int KEYS = 200;
    private static final Duration SHORT_LIFE = Duration.ofMillis(200);

    private final EmbeddedStore store;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    private Victim(EmbeddedStore store) {
        this.store = store;
    }

    public static void main(String[] arguments) throws Exception {
        Disk disk = new FileDisk(Path.of(arguments[0]));
        if (!arguments[4].equals("-")) {
            disk = new FailpointDisk(disk, Failpoint.parse(arguments[4]));
        }
        var victim = new Victim(EmbeddedStore.open(disk, Clock.SYSTEM, OPTIONS));
        var round = Long.parseLong(arguments[1]);
        var seed = Long.parseLong(arguments[2]);
        for (var w = 0; w < Integer.parseInt(arguments[3]); w++) {
            var first = (round << 36) | ((long) w << 24);
            var random = new Random(seed ^ first);
            Thread.ofVirtual().start(() -> victim.write(first, random));
        }
        while (true) {
            victim.store.upkeep().runOnce();
            Clock.SYSTEM.pause(Duration.ofMillis(2));
        }
    }

    private void write(long first, Random random) {
        try {
            for (var id = first; ; id++) {
                write(id, random.nextInt(8) == 0 ? brief(id) : lasting(id, random));
            }
        } catch (IOException nobodyListens) {
            // The other end was closed: this process is about to be killed.
        }
    }

    private Write lasting(long id, Random random) {
        var key = Content.pod(random.nextInt(KEYS));
        var current = store.snapshot().get(key);
        if (current == null) {
            return Write.create(key, Content.draft(id));
        }
        return random.nextInt(5) == 0
                ? Write.delete(key, current.revision(), Content.draft(id))
                : Write.update(key, current.revision(), Content.draft(id));
    }

    private Write brief(long id) {
        var key = Content.event(id);
        var current = store.snapshot().get(key);
        var write =
                current == null
                        ? Write.create(key, Content.draft(id))
                        : Write.update(key, current.revision(), Content.draft(id));
        return write.expiringAfter(SHORT_LIFE);
    }

    private void write(long id, Write write) throws IOException {
        var key = write.key();
        say(
                "? %d %s %s %s %d"
                        .formatted(
                                id, key.resource(), key.name(), write.delete(), write.expected()));
        try {
            switch (store.write(write)) {
                case Write.Outcome.Written(Entry entry) ->
                        say("! %d %d".formatted(id, entry.revision()));
                case Write.Outcome.Conflict(var _) -> say("= " + id);
            }
        } catch (StoreException unknown) {
            say("x " + id);
        }
    }

    /// One system call a line: what was said is said even when the next instruction is the last.
    private void say(String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
