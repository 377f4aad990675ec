package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.storage.Snapshot;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Watch;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.disk.InUseException;
import io.coxswain.storage.disk.VoidDisk;
import io.coxswain.storage.state.Root;
import io.coxswain.storage.state.Timeline;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A store in one directory, for one process.
///
/// It has no thread: one of the waiting writers commits for all, and whoever opens it drives
/// [#upkeep()] with its loops; without that nothing expires and the log and the history only grow.
public final class EmbeddedStore implements Store {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);

    private final Disk disk;
    private final Closeable lock;
    private final Clock clock;
    private final Log log;
    private final Timeline timeline;
    private final Expirations expirations;
    private final SpaceAlarm alarm;
    private final Committer committer;
    private final Upkeep upkeep;
    private boolean closed;

    private EmbeddedStore(
            Disk disk, Closeable lock, Recovery.Recovered recovered, Clock clock, Options options) {
        this.disk = disk;
        this.lock = lock;
        this.clock = clock;
        this.log = recovered.log();
        this.timeline = recovered.timeline();
        this.expirations = recovered.expirations();
        this.alarm = new SpaceAlarm(disk, options.quotaBytes());
        this.committer = new Committer(recovered, alarm, clock);
        this.upkeep = new Upkeep(committer, alarm, recovered, clock, options);
    }

    /// Opens the store in a directory, which is made if it is not there.
    public static EmbeddedStore open(Path directory, Clock clock) {
        return open(new FileDisk(directory), clock, Options.DEFAULT);
    }

    /// A new store that is gone when it is closed.
    public static EmbeddedStore inMemory(Clock clock) {
        return open(new VoidDisk(), clock, Options.DEFAULT.withSnapshotAfterBytes(Long.MAX_VALUE));
    }

    /// Opens the store on `disk`, or begins one there. Throws [StoreException] when someone else
    /// has it open or the files cannot be read, [CorruptionException] when they are damaged.
    public static EmbeddedStore open(Disk disk, Clock clock, Options options) {
        try {
            var lock = disk.lock(Files.LOCK);
            try {
                var recovered = new Recovery(disk, clock, options).run();
                return new EmbeddedStore(disk, lock, recovered, clock, options);
            } catch (IOException | RuntimeException fault) {
                lock.close();
                throw fault;
            }
        } catch (InUseException fault) {
            throw new StoreException("cannot open the store: " + fault.getMessage(), fault);
        } catch (IOException fault) {
            throw new StoreException("cannot open the store in " + disk + ": " + fault, fault);
        }
    }

    @Override
    public Write.Outcome write(Write write) {
        return committer.write(write);
    }

    @Override
    public Snapshot snapshot() {
        return timeline.root();
    }

    @Override
    public Snapshot snapshotAt(long revision) {
        return timeline.at(revision);
    }

    @Override
    public Watch watch(String resource, long revision, Runnable wakeUp) {
        return timeline.watch(resource, revision, wakeUp);
    }

    @Override
    public void compact(long revision) {
        timeline.compact(revision);
    }

    @Override
    public long compactedRevision() {
        return timeline.compactedRevision();
    }

    @Override
    public @Nullable String fault() {
        var reason = committer.stopped();
        return reason == null ? null : reason.getMessage();
    }

    /// Deletes what expired, forgets old history, keeps the log short; to be driven by loops.
    public Loop upkeep() {
        return upkeep;
    }

    /// Deletes the objects whose time is up, many at a time at most. [#upkeep()] does it by itself.
    public void expire() {
        upkeep.expire();
    }

    /// Writes a snapshot file now, while writers go on. [#upkeep()] does it when the log is long.
    public void saveSnapshot() {
        try {
            upkeep.snapshot();
        } catch (IOException fault) {
            throw new StoreException("cannot write a snapshot in " + disk + ": " + fault, fault);
        }
    }

    /// Writes the present state to `file` on another disk, while writers go on. Returns its
    /// revision.
    public long backup(Disk target, String file) {
        try {
            var roots = new Root[1];
            var deadlines = new Expirations[1];
            committer.exclusively(() -> {
                roots[0] = timeline.root();
                deadlines[0] = expirations.copy();
            });
            Backup.write(target, file, roots[0], deadlines[0], clock);
            return roots[0].revision();
        } catch (IOException fault) {
            throw new StoreException("cannot write the backup " + file + ": " + fault, fault);
        }
    }

    public Stats stats() {
        var root = timeline.root();
        return new Stats(
                root.revision(),
                timeline.compactedRevision(),
                root.size(),
                expirations.size(),
                timeline.historyEvents(),
                timeline.historyBytes(),
                timeline.watches(),
                committer.groups(),
                log.size(),
                upkeep.snapshotBytes(),
                alarm.raised(),
                committer.stopped() == null);
    }

    /// Ends after the group that is being committed. Snapshots that were taken stay readable.
    @Override
    public void close() {
        try {
            committer.exclusively(() -> {
                if (closed) {
                    return;
                }
                closed = true;
                committer.stop(new StoreException("the store in " + disk + " is closed"));
                log.close();
                lock.close();
            });
        } catch (IOException fault) {
            LOG.warn("closing the store in {}", disk, fault);
        }
    }
}
