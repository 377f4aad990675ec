package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreContract;
import io.coxswain.storage.disk.MemoryDisk;

/// The embedded engine on a disk in memory keeps the contract.
class MemoryDiskStoreTest extends StoreContract {

    @Override
    protected Store open() {
        return EmbeddedStore.open(new MemoryDisk(), Clock.SYSTEM, Options.DEFAULT);
    }
}
