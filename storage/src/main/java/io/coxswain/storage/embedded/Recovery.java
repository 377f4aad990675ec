package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.state.Root;
import io.coxswain.storage.state.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a store back from its files: a snapshot, then the log behind it.
///
/// The older of the two snapshots is taken when it is good and the log since then is short, because
/// that log is the history that watches resume from; a long one would take more time to go through
/// than all of the newer snapshot. A torn end of the log is cut off; anything else that is not as
/// it was written is reported as a [CorruptionException], and the directory is left as it is.
final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private static final long HISTORY_BYTES_MAX = 128 << 20;

    private final Disk disk;
    private final Clock clock;
    private final Options options;
    private final Sealing sealing;

    Recovery(Disk disk, Clock clock, Options options) {
        this.disk = disk;
        this.clock = clock;
        this.options = options;
        this.sealing = Sealing.of(options.values());
    }

    /// A store's state in memory and the log to go on with.
    ///
    /// @param snapshotBytes the size of the newest snapshot file
    record Recovered(
            Timeline timeline,
            Expirations expirations,
            Sealing sealing,
            Log log,
            long snapshotBytes) {}

    Recovered run() throws IOException {
        for (var name : Files.unfinished(disk.list())) {
            disk.delete(name);
        }
        var names = disk.list();
        if (!names.contains(Files.FORMAT)) {
            return fresh(names);
        }
        checkFormat();
        var segments = Files.logs(names);
        var start = start(Files.snapshots(names), segments);
        var behind = segments.stream().filter(number -> number >= start.segment()).toList();
        var replay =
                new Replay(start.root(), start.expirations(), sealing, clock, options.history());
        var log = replay(behind, replay);
        LOG.info("recovered {} at revision {}", disk, replay.revision());
        return new Recovered(
                readable(replay.finish()),
                start.expirations(),
                sealing,
                log,
                newestSize(Files.snapshots(names)));
    }

    /// History that cannot be decrypted any more is forgotten.
    private Timeline readable(Timeline timeline) {
        var revision = sealing.check();
        if (revision > timeline.compactedRevision()) {
            timeline.compact(revision);
        }
        return timeline;
    }

    /// A directory without a format file has never held anything: it is written last.
    private Recovered fresh(List<String> names) throws IOException {
        for (var number : Files.logs(names)) {
            try (var file = disk.open(Files.log(number))) {
                if (number > 1 || file.size() > Preamble.BYTES) {
                    throw new CorruptionException(Files.FORMAT, 0, "the file is missing");
                }
            }
        }
        if (!Files.snapshots(names).isEmpty()) {
            throw new CorruptionException(Files.FORMAT, 0, "the file is missing");
        }
        var segment = Log.create(disk, 1, nonce(clock));
        writeFormat(disk);
        return new Recovered(
                new Timeline(Root.EMPTY), new Expirations(), sealing, new Log(disk, segment), 0);
    }

    static void writeFormat(Disk disk) throws IOException {
        var format = Files.FORMAT_TEXT.getBytes(StandardCharsets.UTF_8);
        try (var file = disk.create(Files.FORMAT + Files.UNFINISHED)) {
            file.append(format, 0, format.length);
            file.force();
        }
        disk.rename(Files.FORMAT + Files.UNFINISHED, Files.FORMAT);
        disk.force();
    }

    private void checkFormat() throws IOException {
        try (var file = disk.open(Files.FORMAT)) {
            var bytes = new byte[64];
            var count = Math.max(0, file.read(0, bytes, 0, bytes.length));
            var text = new String(bytes, 0, count, StandardCharsets.UTF_8);
            if (!text.equals(Files.FORMAT_TEXT)) {
                throw new StoreException(
                        "%s was written by another version, in a format this one cannot read: %s"
                                .formatted(disk, text.strip()));
            }
        }
    }

    private long newestSize(List<Long> snapshots) throws IOException {
        if (snapshots.isEmpty()) {
            return 0;
        }
        try (var file = disk.open(Files.snapshot(snapshots.getLast()))) {
            return file.size();
        }
    }

    /// Where the replay of the log starts.
    private record Start(Root root, Expirations expirations, long segment) {}

    /// The best snapshot that can be read and has the log behind it complete. Revision 0 stands for
    /// the empty state, which needs no file.
    private Start start(List<Long> snapshots, List<Long> segments) throws IOException {
        CorruptionException first = null;
        for (var revision : inOrderOfUse(snapshots, segments)) {
            try {
                return load(revision, segments);
            } catch (CorruptionException fault) {
                LOG.warn("snapshot {} in {} cannot be used", revision, disk, fault);
                first = first == null ? fault : first;
            }
        }
        throw first != null
                ? first
                : new CorruptionException(Files.log(1), 0, "the file is missing");
    }

    /// The second newest first, if there is little between them, then the newest, then what else
    /// there is.
    private List<Long> inOrderOfUse(List<Long> snapshots, List<Long> segments) throws IOException {
        var order = new ArrayList<>(snapshots.reversed());
        if (segments.contains(1L)) {
            order.add(0L);
        }
        if (order.size() > 1 && logBefore(order.getFirst(), segments) <= HISTORY_BYTES_MAX) {
            var newest = order.removeFirst();
            order.add(1, newest);
        }
        return order;
    }

    /// Bytes of the log that led to a snapshot; none when it cannot be read.
    private long logBefore(long revision, List<Long> segments) throws IOException {
        var name = Files.snapshot(revision);
        var bytes = 0L;
        try (var file = disk.open(name)) {
            var first = Preamble.read(file, name, Preamble.Kind.SNAPSHOT).segment();
            for (var number : segments) {
                bytes += number < first ? disk.size(Files.log(number)) : 0;
            }
        } catch (CorruptionException fault) {
            return 0;
        }
        return bytes;
    }

    private Start load(long revision, List<Long> segments) throws IOException {
        var expirations = new Expirations();
        if (revision == 0) {
            sealing.begin();
            checkComplete(1, segments);
            return new Start(Root.EMPTY, expirations, 1);
        }
        var name = Files.snapshot(revision);
        var loaded = SnapshotFile.read(disk, name, expirations, sealing);
        if (loaded.root().revision() != revision) {
            throw new CorruptionException(name, 0, "it is of another revision");
        }
        checkComplete(loaded.preamble().segment(), segments);
        return new Start(loaded.root(), expirations, loaded.preamble().segment());
    }

    private static void checkComplete(long first, List<Long> segments) {
        var expected = first;
        for (var number : segments) {
            if (number < first) {
                continue;
            }
            if (number != expected) {
                break;
            }
            expected++;
        }
        if (expected == first || expected <= segments.getLast()) {
            throw new CorruptionException(Files.log(expected), 0, "the file is missing");
        }
    }

    /// Applies the segments in order and opens the last one for more.
    private Log replay(List<Long> segments, Replay replay) throws IOException {
        Log.Segment last = null;
        String torn = null;
        for (var number : segments) {
            var name = Files.log(number);
            var file = disk.open(name);
            var preamble = preamble(file, name, number);
            var reader = new FrameReader(file, preamble.nonce());
            replay.apply(reader, name);
            if (torn != null && reader.position() > Preamble.BYTES) {
                throw new CorruptionException(torn, 0, "it is torn, but " + name + " goes on");
            }
            if (!reader.atEnd()) {
                torn = reader.onlyZerosLeft() ? torn : cut(reader, name);
                file.truncate(reader.position());
            }
            file.force();
            if (last != null) {
                last.file.close();
            }
            last = new Log.Segment(preamble, file, reader.position());
        }
        return new Log(disk, known(last));
    }

    private static Log.Segment known(Log.@Nullable Segment segment) {
        if (segment == null) {
            throw new CorruptionException(Files.log(1), 0, "the file is missing");
        }
        return segment;
    }

    private static Preamble preamble(Disk.OpenFile file, String name, long number)
            throws IOException {
        var preamble = Preamble.read(file, name, Preamble.Kind.LOG);
        if (preamble.segment() != number) {
            throw new CorruptionException(name, 0, "it is segment " + preamble.segment());
        }
        return preamble;
    }

    /// The last group was not acknowledged when the power failed, unless something valid is behind.
    /// Returns the name of the file.
    private String cut(FrameReader reader, String name) throws IOException {
        var behind = reader.findBehind();
        if (behind >= 0) {
            throw new CorruptionException(
                    name, reader.position(), "valid data follows at offset " + behind);
        }
        LOG.warn(
                "{} in {} is cut at offset {}: what is behind was never acknowledged",
                name,
                disk,
                reader.position());
        return name;
    }

    /// Different for every file; not a secret, but nothing a client could know.
    static long nonce(Clock clock) {
        var seed = clock.nanos() * 0x9E3779B97F4A7C15L ^ clock.now().toEpochMilli();
        return (seed ^ (seed >>> 32)) * 0xD6E8FEB86659FD93L;
    }
}
