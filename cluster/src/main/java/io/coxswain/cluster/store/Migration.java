package io.coxswain.cluster.store;

import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.embedded.Backup;
import io.coxswain.storage.state.Root;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// A backup of a store on etcd: the same file as that of the embedded engine, so that a cluster can
/// move from one to the other.
final class Migration {

    private static final Duration EVENTS_LAST = Duration.ofHours(1);

    private Migration() {}

    static void write(Store store, Disk target, String file, Clock clock) {
        if (!(store.fresh() instanceof Root root)) {
            throw new StoreException("this store cannot be backed up");
        }
        // Who serves the cluster now is not part of it.
        var trees = new HashMap<>(root.trees());
        trees.remove(UpstreamLayout.MASTER_LEASES);
        try {
            Backup.write(
                    target, file, new Root(root.revision(), trees), Migration::lifetime, clock);
        } catch (IOException fault) {
            throw new StoreException("cannot write the backup " + file + ": " + fault, fault);
        }
    }

    /// What is left of an object's time is not known here, so it starts anew.
    static @Nullable Duration lifetime(Entry entry) {
        return entry.key().resource().equals("events") ? EVENTS_LAST : null;
    }
}
