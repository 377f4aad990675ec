package io.coxswain.scheduler;

import io.coxswain.api.schema.Resource;
import io.coxswain.client.Informers;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The objects that informers know.
record InformerObjects(Informers informers) implements ClusterObjects {

    @Override
    public <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        return informers.of(type).find(namespace, name);
    }

    @Override
    public <T extends Resource> Stream<T> in(Class<T> type, String namespace) {
        return namespace.isEmpty() ? informers.of(type).all() : informers.of(type).in(namespace);
    }
}
