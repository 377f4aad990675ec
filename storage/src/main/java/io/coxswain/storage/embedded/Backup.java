package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.ValueTransformer;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.state.Root;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A file with the whole state at one revision, and the way back from it.
///
/// It has the format of a snapshot file, so a backup that was damaged on the way is noticed.
public final class Backup {

    /// A restored store goes on this far behind the backup, so that no revision that was given out
    /// after the backup is given out again, and whoever remembers one is told to list anew.
    public static final long REVISIONS_SKIPPED = 1_000_000_000;

    private Backup() {}

    /// Writes a file that a backup can be restored from, durable when this returns.
    static void write(
            Disk disk,
            String file,
            Root root,
            Expirations expirations,
            Sealing sealing,
            Clock clock)
            throws IOException {
        var preamble =
                new Preamble(Preamble.Kind.SNAPSHOT, 0, root.revision(), Recovery.nonce(clock));
        SnapshotFile.write(disk, file, root, expirations, sealing, preamble);
    }

    /// Writes the state of some other store in the same form.
    ///
    /// @param lifetime how long each object still lives; null for ever
    public static void write(
            Disk disk,
            String file,
            Root root,
            Function<Entry, @Nullable Duration> lifetime,
            Clock clock)
            throws IOException {
        var expirations = new Expirations();
        for (var tree : root.trees().values()) {
            for (var entries = tree.from("", ""); entries.hasNext(); ) {
                var entry = entries.next();
                var left = lifetime.apply(entry);
                if (left != null) {
                    var at = clock.now().plus(left).toEpochMilli();
                    var expiry = new Change.Expiry(at, -1);
                    expirations.apply(new Change(entry, false, expiry));
                }
            }
        }
        write(disk, file, root, expirations, Sealing.of(ValueTransformer.NONE), clock);
    }

    /// The state in a backup. Throws [CorruptionException] when it is damaged, [StoreException]
    /// when something in it is encrypted.
    public static Root read(Disk source, String file) {
        try {
            var sealing = Sealing.of(ValueTransformer.NONE);
            var root = SnapshotFile.read(source, file, new Expirations(), sealing).root();
            sealing.check();
            return root;
        } catch (IOException fault) {
            throw new StoreException("cannot read " + file + ": " + fault, fault);
        }
    }

    /// What a backup holds.
    public record Content(long revision, long objects) {}

    /// Reads the whole file. Throws [CorruptionException] when it is damaged.
    public static Content check(Disk source, String file) {
        try {
            var root = SnapshotFile.read(source, file, new Expirations(), Sealing.closed()).root();
            return new Content(root.revision(), root.size());
        } catch (IOException fault) {
            throw new StoreException("cannot read " + file + ": " + fault, fault);
        }
    }

    /// Makes a store in an empty directory from a backup. Returns the revision it starts with.
    /// Throws [CorruptionException] when the backup is damaged; the directory is then still empty.
    public static long restore(Disk source, String file, Disk target, Clock clock) {
        try (var _ = target.lock(Files.LOCK)) {
            if (target.list().stream().anyMatch(name -> !name.equals(Files.LOCK))) {
                throw new StoreException(target + " is not empty");
            }
            var expirations = new Expirations();
            var sealing = Sealing.closed();
            var old = SnapshotFile.read(source, file, expirations, sealing).root();
            var root = new Root(old.revision() + REVISIONS_SKIPPED, old.trees());
            // Not segment 1: that one would say that the history is complete from revision 1 on.
            var segment = 2;
            Log.create(target, segment, Recovery.nonce(clock)).file.close();
            var preamble =
                    new Preamble(
                            Preamble.Kind.SNAPSHOT,
                            segment,
                            root.revision(),
                            Recovery.nonce(clock));
            var name = Files.snapshot(root.revision());
            SnapshotFile.write(target, name, root, expirations, sealing, preamble);
            Recovery.writeFormat(target);
            return root.revision();
        } catch (IOException fault) {
            throw new StoreException("cannot restore " + file + ": " + fault, fault);
        }
    }
}
