package io.coxswain.cluster.store;

import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.etcd.EtcdImport;
import io.coxswain.etcd.EtcdStore;
import io.coxswain.storage.Entry;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.embedded.Backup;
import io.coxswain.storage.state.Root;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// Backups of stores on etcd, and stores on etcd from backups. The file is that of the embedded
/// engine, so that a cluster can move from one engine to the other.
public final class Migration {

    private static final Duration EVENTS_LAST = Duration.ofHours(1);

    private Migration() {}

    /// Backs a store up that no server need have open.
    public static void backup(StoreChoice.Etcd etcd, Disk target, String file, Loops loops) {
        try (var store = EtcdStore.open(etcd.options(), etcd.layout(), loops)) {
            write(store, target, file, loops.clock());
        }
    }

    /// Fills an empty etcd from a backup. Returns the resource version it goes on from.
    public static long restore(Disk source, String file, StoreChoice.Etcd etcd, Clock clock) {
        var root = Backup.read(source, file);
        var content =
                new EtcdImport.Content(
                        root, root.revision() + Backup.REVISIONS_SKIPPED, Migration::lifetime);
        return EtcdImport.run(etcd.options(), etcd.layout(), content, clock);
    }

    static void write(EtcdStore store, Disk target, String file, Clock clock) {
        if (!(store.fresh() instanceof Root root)) {
            throw new StoreException("this store cannot be backed up");
        }
        var unreadable = store.unreadable();
        if (!unreadable.isEmpty()) {
            throw new StoreException(
                    unreadable.size()
                            + " objects in etcd cannot be read, such as "
                            + unreadable.iterator().next()
                            + ", and would be missing. Where they are encrypted, back up through a"
                            + " server (cox backup --kubeconfig FILE).");
        }
        // Who serves the cluster now is not part of it.
        var trees = new HashMap<>(root.trees());
        trees.remove(UpstreamLayout.MASTER_LEASES);
        trees.remove(UpstreamLayout.NODE_PORTS);
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
