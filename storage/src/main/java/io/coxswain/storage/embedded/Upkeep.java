package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.state.Root;
import io.coxswain.storage.state.Timeline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a store does by itself: deletes objects that expired, forgets old history, and replaces a
/// long log by a snapshot. Writers wait for none of it but a switch to the next log segment.
final class Upkeep implements Loop {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PERIOD_WHEN_SHORT = Duration.ofSeconds(30);
    private static final int EXPIRE_AT_ONCE_MAX = 500;

    private final Committer committer;
    private final SpaceAlarm alarm;
    private final Log log;
    private final Timeline timeline;
    private final Expirations expirations;
    private final Sealing sealing;
    private final Clock clock;
    private final Options options;
    private volatile long snapshotBytes;
    private long snapshotNanos;

    Upkeep(
            Committer committer,
            SpaceAlarm alarm,
            Recovery.Recovered recovered,
            Clock clock,
            Options options) {
        this.alarm = alarm;
        this.committer = committer;
        this.log = recovered.log();
        this.timeline = recovered.timeline();
        this.expirations = recovered.expirations();
        this.sealing = recovered.sealing();
        this.clock = clock;
        this.snapshotNanos = clock.nanos() - PERIOD_WHEN_SHORT.toNanos();
        this.options = options;
        this.snapshotBytes = recovered.snapshotBytes();
    }

    @Override
    public Next runOnce() throws IOException {
        if (committer.stopped() != null) {
            return Next.WHEN_WOKEN;
        }
        timeline.compact(options.history(), clock.nanos());
        alarm.check();
        var more = expire() == EXPIRE_AT_ONCE_MAX;
        // Last, because it can fail for want of space.
        if (snapshotDue()) {
            snapshot();
        }
        if (more) {
            return Next.AGAIN;
        }
        var period = clock.now().plus(PERIOD);
        var due = expirations.next();
        return Next.at(due < period.toEpochMilli() ? Instant.ofEpochMilli(due) : period);
    }

    /// When space is short, a snapshot is the way to get some back.
    private boolean snapshotDue() {
        if (alarm.raised()) {
            return clock.nanos() - snapshotNanos >= PERIOD_WHEN_SHORT.toNanos();
        }
        return log.size() >= Math.max(options.snapshotAfterBytes(), snapshotBytes);
    }

    /// Deletes objects whose time is up. Returns how many it looked at.
    int expire() {
        var due = expirations.due(clock.now().toEpochMilli(), EXPIRE_AT_ONCE_MAX);
        if (due.isEmpty()) {
            return 0;
        }
        var root = timeline.root();
        var deletions =
                due.stream()
                        .map(expired -> expired.deletion(root.get(expired.key())))
                        .filter(Objects::nonNull)
                        .toList();
        committer.writeAll(deletions);
        return due.size();
    }

    /// Writes the present state to a file and deletes the log that this makes superfluous.
    synchronized void snapshot() throws IOException {
        var disk = log.disk();
        snapshotNanos = clock.nanos();
        if (Files.snapshots(disk.list()).contains(timeline.revision())) {
            return;
        }
        var next = Log.create(disk, log.segmentNumber() + 1, Recovery.nonce(clock));
        var roots = new Root[1];
        committer.exclusively(() -> {
            roots[0] = timeline.root();
            log.switchTo(next);
        });
        var root = roots[0];
        var preamble =
                new Preamble(
                        Preamble.Kind.SNAPSHOT,
                        next.number,
                        root.revision(),
                        Recovery.nonce(clock));
        var name = Files.snapshot(root.revision());
        snapshotBytes = SnapshotFile.write(disk, name, root, expirations, sealing, preamble);
        var kept = alarm.raised() ? preamble : previous(disk, root.revision());
        if (kept != null) {
            deleteBefore(kept, disk);
        }
    }

    /// The snapshot before the one at `revision`: unless space is short, it is kept, too, and the
    /// log since then.
    private static @Nullable Preamble previous(Disk disk, long revision) throws IOException {
        var older = Files.snapshots(disk.list()).stream().filter(r -> r < revision).toList();
        if (older.isEmpty()) {
            return null;
        }
        var name = Files.snapshot(older.getLast());
        try (var file = disk.open(name)) {
            return Preamble.read(file, name, Preamble.Kind.SNAPSHOT);
        }
    }

    /// Snapshots go first, for good, so that none is ever without the log behind it.
    private static void deleteBefore(Preamble kept, Disk disk) throws IOException {
        var names = disk.list();
        for (var revision : Files.snapshots(names)) {
            if (revision < kept.revision()) {
                disk.delete(Files.snapshot(revision));
            }
        }
        disk.force();
        for (var number : Files.logs(names)) {
            if (number < kept.segment()) {
                disk.delete(Files.log(number));
            }
        }
    }

    long snapshotBytes() {
        return snapshotBytes;
    }
}
