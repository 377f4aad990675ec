package io.coxswain.apiserver.admission;

import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.storage.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What plugins look up: other objects, as they are now.
record Objects(Store store, Catalog catalog) {

    <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        var kind = catalog.of(type);
        var entry = store.snapshot().get(kind.key(namespace, name));
        return entry == null ? null : kind.object(entry);
    }

    <T extends Resource> List<T> all(Class<T> type) {
        return catalog.all(store.snapshot(), type);
    }
}
