package io.coxswain.storage.embedded;

import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a check of every byte of a closed store has found. Nothing is changed by it.
///
/// @param files one for each file, in order of their names
public record Verification(List<Checked> files) {

    /// One file.
    ///
    /// @param firstRevision of its records; for a snapshot, like the last, the snapshot's
    /// @param tornBytes what a crash left at the end of the log, to be cut off at the next start
    /// @param problem what is wrong; empty when the file is sound
    public record Checked(
            String file,
            long records,
            long firstRevision,
            long lastRevision,
            long tornBytes,
            String problem) {}

    public boolean sound() {
        return files.stream().allMatch(file -> file.problem().isEmpty());
    }

    /// Checks the store on `disk`. Throws [StoreException] when it is open or cannot be read.
    public static Verification of(Disk disk) {
        try (var _ = disk.lock(Files.LOCK)) {
            var names = disk.list();
            var checked = new ArrayList<Checked>();
            checked.addAll(logs(disk, Files.logs(names)));
            for (var revision : Files.snapshots(names)) {
                checked.add(snapshot(disk, Files.snapshot(revision)));
            }
            return new Verification(List.copyOf(checked));
        } catch (IOException fault) {
            throw new StoreException("cannot check the store in " + disk + ": " + fault, fault);
        }
    }

    private static Checked snapshot(Disk disk, String name) throws IOException {
        try {
            var root = SnapshotFile.read(disk, name, new Expirations(), Sealing.closed()).root();
            return new Checked(name, root.size(), root.revision(), root.revision(), 0, "");
        } catch (CorruptionException fault) {
            return new Checked(name, 0, 0, 0, 0, String.valueOf(fault.getMessage()));
        }
    }

    private static List<Checked> logs(Disk disk, List<Long> numbers) throws IOException {
        var checked = new ArrayList<Checked>();
        var last = 0L;
        for (var number : numbers) {
            var one = log(disk, number, last);
            checked.add(one);
            last = one.lastRevision();
        }
        return checked;
    }

    /// @param before the last revision of the segment before; 0 when it is not known
    private static Checked log(Disk disk, long number, long before) throws IOException {
        var name = Files.log(number);
        var scan = new Scan(before);
        try (var file = disk.open(name)) {
            var preamble = Preamble.read(file, name, Preamble.Kind.LOG);
            var reader = new FrameReader(file, preamble.nonce());
            scan.read(reader, name);
            var torn = reader.onlyZerosLeft() ? 0 : file.size() - reader.position();
            var behind = torn == 0 ? -1 : reader.findBehind();
            if (behind >= 0) {
                throw new CorruptionException(
                        name, reader.position(), "valid data follows at offset " + behind);
            }
            return scan.checked(name, torn, "");
        } catch (CorruptionException fault) {
            return scan.checked(name, 0, String.valueOf(fault.getMessage()));
        }
    }

    /// Follows the revisions of one segment.
    private static final class Scan {
        private final Records decoder = new Records(Sealing.closed());
        private long records;
        private long first;
        private long last;

        Scan(long before) {
            this.last = before;
        }

        void read(FrameReader reader, String name) throws IOException {
            for (var frame = reader.next(); frame != null; frame = reader.next()) {
                for (var change : SnapshotFile.decode(decoder, frame, name)) {
                    var revision = change.entry().revision();
                    if (last != 0 && revision != last + 1) {
                        throw new CorruptionException(
                                name, frame.offset(), "revision " + revision + " follows " + last);
                    }
                    first = first == 0 ? revision : first;
                    last = revision;
                    records++;
                }
            }
        }

        Checked checked(String name, long torn, String problem) {
            return new Checked(name, records, first, last, torn, problem);
        }
    }
}
