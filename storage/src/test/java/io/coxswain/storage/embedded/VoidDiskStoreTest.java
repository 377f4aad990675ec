package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreContract;

/// The embedded engine without a disk keeps the contract.
class VoidDiskStoreTest extends StoreContract {

    @Override
    protected Store open() {
        return EmbeddedStore.inMemory(Clock.SYSTEM);
    }
}
