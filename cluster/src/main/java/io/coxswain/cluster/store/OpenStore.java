package io.coxswain.cluster.store;

import io.coxswain.apiserver.encryption.SealedLayout;
import io.coxswain.base.Loops;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.StartupException;
import io.coxswain.etcd.EtcdStore;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.ValueTransformer;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.EmbeddedStore;
import org.jspecify.annotations.Nullable;

/// The store of a control plane while it runs, of whichever engine.
public final class OpenStore implements AutoCloseable {

    private final Store store;
    private final @Nullable EmbeddedStore embedded;
    private final Loops.@Nullable Running upkeep;
    private final Loops loops;

    private OpenStore(Store store, @Nullable EmbeddedStore embedded, Loops loops) {
        this.store = store;
        this.embedded = embedded;
        this.loops = loops;
        this.upkeep = embedded == null ? null : loops.start("store-upkeep", embedded.upkeep());
    }

    /// Throws [StartupException] when it cannot be opened.
    public static OpenStore open(
            StoreChoice choice,
            DataDirectory data,
            @Nullable ValueTransformer encryption,
            Loops loops) {
        try {
            return switch (choice) {
                case StoreChoice.Embedded(var options) -> {
                    var disk = new FileDisk(data.store());
                    var sealed = encryption == null ? options : options.withValues(encryption);
                    var store = EmbeddedStore.open(disk, loops.clock(), sealed);
                    yield new OpenStore(store, store, loops);
                }
                case StoreChoice.Etcd(var options, var layout) -> {
                    var sealed = encryption == null ? layout : new SealedLayout(layout, encryption);
                    yield new OpenStore(EtcdStore.open(options, sealed, loops), null, loops);
                }
            };
        } catch (StoreException e) {
            throw new StartupException(e.getMessage() + advice(choice));
        }
    }

    private static String advice(StoreChoice choice) {
        return switch (choice) {
            case StoreChoice.Embedded(var _) ->
                    ". If another `cox up` uses this data directory, stop it first (./cox down).";
            case StoreChoice.Etcd(var options, var _) ->
                    ". Is etcd running at " + options.servers() + "?";
        };
    }

    public Store store() {
        return store;
    }

    /// The engine in this process, if it is that one.
    @Nullable EmbeddedStore embedded() {
        return embedded;
    }

    /// Writes everything, at one revision, to `file`.
    void backup(Disk target, String file) {
        if (embedded != null) {
            embedded.backup(target, file);
        } else if (store instanceof EtcdStore shared) {
            Migration.write(shared, target, file, loops.clock());
        }
    }

    @Override
    public void close() {
        if (upkeep != null) {
            upkeep.stop();
        }
        store.close();
    }
}
