package io.coxswain.etcd;

import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.etcd.local.LocalEtcd;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/// The contract, on one member; every test has a prefix of its own.
@Tag("real")
class EtcdStoreTest extends StoreContract {

    @TempDir static Path directory;

    private static LocalEtcd etcd;
    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);

    @BeforeAll
    static void startEtcd() {
        etcd = LocalEtcd.start(directory, 1);
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @Override
    protected Store open() {
        var options =
                EtcdOptions.of(etcd.servers()).withPrefix("/test-" + System.identityHashCode(this));
        return EtcdStore.open(options, new PlainLayout(), loops);
    }

    @AfterEach
    void stopLoops() {
        loops.close();
    }
}
