package io.coxswain.apiserver.admission;

import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.storage.Store;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What plugins look up: other objects, as they are now.
public record Objects(Store store, Catalog catalog) {

    public <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        var kind = catalog.of(type);
        var entry = store.snapshot().get(kind.key(namespace, name));
        return entry == null ? null : kind.object(entry);
    }

    /// Whether two lists hold the same objects. Each revision is decoded once, so the same object
    /// is the same revision.
    @SuppressWarnings("ReferenceEquality")
    public static boolean same(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (var i = 0; i < a.size(); i++) {
            if (a.get(i) != b.get(i)) {
                return false;
            }
        }
        return true;
    }

    public <T extends Resource> List<T> all(Class<T> type) {
        return catalog.all(store.snapshot(), type);
    }

    public <T extends Resource> List<T> all(Class<T> type, String namespace) {
        var kind = catalog.of(type);
        var objects = new ArrayList<T>();
        store.snapshot()
                .list(kind.kind().groupResource(), namespace, null)
                .forEachRemaining(entry -> objects.add(kind.object(entry)));
        return objects;
    }
}
