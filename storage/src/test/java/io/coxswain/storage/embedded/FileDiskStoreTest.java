package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The embedded engine on a real directory keeps the contract.
class FileDiskStoreTest extends StoreContract {

    @TempDir Path directory;

    @Override
    protected Store open() {
        return EmbeddedStore.open(directory, Clock.SYSTEM);
    }
}
