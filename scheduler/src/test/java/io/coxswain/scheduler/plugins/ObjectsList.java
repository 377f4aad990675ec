package io.coxswain.scheduler.plugins;

import io.coxswain.api.schema.Resource;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The objects of a test.
record ObjectsList(List<Resource> objects) implements ClusterObjects {

    static ObjectsList of(Resource... objects) {
        return new ObjectsList(List.of(objects));
    }

    @Override
    public <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        return in(type, namespace)
                .filter(object -> object.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public <T extends Resource> Stream<T> in(Class<T> type, String namespace) {
        return objects.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(object -> object.namespace().equals(namespace));
    }
}
