package io.coxswain.storage.embedded;

import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.DiskFullException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps deletions possible when space runs out: while it is raised, nothing else is stored.
///
/// A small file is held in reserve; when the disk is full it is given up, which leaves room to
/// write down the deletions that make space. The alarm ends when the file could be made again.
final class SpaceAlarm {

    private static final Logger LOG = LoggerFactory.getLogger(SpaceAlarm.class);
    private static final int RESERVE_BYTES = 256 << 10;

    private final Disk disk;
    private final long quotaBytes;
    private volatile @Nullable String reason;
    private volatile boolean reserved;

    SpaceAlarm(Disk disk, long quotaBytes) {
        this.disk = disk;
        this.quotaBytes = quotaBytes;
    }

    boolean raised() {
        return reason != null;
    }

    /// Throws when `write` has to wait for space.
    void admit(Write write) {
        var why = reason;
        if (why != null && !write.delete()) {
            throw new StoreException(why + ": only deletions are stored until there is space");
        }
    }

    /// The disk has no room for what should have been appended to the log.
    void diskFull() {
        raise("no space left in " + disk);
        try {
            reserved = false;
            disk.delete(Files.RESERVE);
        } catch (IOException fault) {
            LOG.warn("cannot give up the reserve in {}", disk, fault);
        }
    }

    /// Measures anew: raises the alarm or ends it.
    void check() throws IOException {
        var used = 0L;
        for (var name : disk.list()) {
            used += disk.size(name);
            if (name.equals(Files.RESERVE)) {
                reserved = true;
            }
        }
        if (used > quotaBytes) {
            raise("the store in %s exceeds its quota of %d bytes".formatted(disk, quotaBytes));
            return;
        }
        if (!reserved) {
            reserved = reserve();
        }
        if (reserved) {
            reason = null;
        }
    }

    private void raise(String why) {
        if (reason == null) {
            LOG.error("{}: only deletions are stored until there is space", why);
        }
        reason = why;
    }

    /// Asks for twice the space, so that there is some left for others before the alarm ends.
    private boolean reserve() throws IOException {
        try (var file = disk.create(Files.RESERVE)) {
            file.append(new byte[2 * RESERVE_BYTES], 0, 2 * RESERVE_BYTES);
            file.truncate(RESERVE_BYTES);
            return true;
        } catch (DiskFullException full) {
            disk.delete(Files.RESERVE);
            raise("no space left in " + disk);
            return false;
        }
    }
}
