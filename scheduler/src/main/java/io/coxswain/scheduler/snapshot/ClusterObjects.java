package io.coxswain.scheduler.snapshot;

import io.coxswain.api.schema.Resource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is known of other kinds than pods and nodes: namespaces, claims, volumes, budgets.
public interface ClusterObjects {

    <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name);

    <T extends Resource> Stream<T> in(Class<T> type, String namespace);

    /// Knows of nothing.
    ClusterObjects NONE =
            new ClusterObjects() {
                @Override
                public <T extends Resource> @Nullable T find(
                        Class<T> type, String namespace, String name) {
                    return null;
                }

                @Override
                public <T extends Resource> Stream<T> in(Class<T> type, String namespace) {
                    return Stream.empty();
                }
            };
}
