package io.coxswain.network;

import io.coxswain.api.schema.Resource;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import io.coxswain.client.ListQuery;
import io.coxswain.client.controller.View;
import io.coxswain.client.informer.SnapshotView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Informers that know what a test gives them; before that they are not synced.
public final class GivenInformers implements Informers {

    private final Map<Class<?>, Given<?>> all = new HashMap<>();

    /// Makes these the contents, and tells listeners that something changed.
    public <T extends Resource> void give(Class<T> type, List<T> objects) {
        given(type).set(objects);
    }

    @Override
    public <T extends Resource> Informer<T> of(Class<T> type) {
        return given(type);
    }

    @Override
    public <T extends Resource> Informer<T> of(Class<T> type, ListQuery query) {
        return given(type);
    }

    @Override
    public boolean synced() {
        return all.values().stream().allMatch(Given::synced);
    }

    @Override
    public View view() {
        return SnapshotView.of(Instant.EPOCH, all.values().stream().flatMap(Given::all).toList());
    }

    @Override
    public void close() {}

    @SuppressWarnings("unchecked")
    private <T extends Resource> Given<T> given(Class<T> type) {
        return (Given<T>) all.computeIfAbsent(type, missing -> new Given<T>());
    }

    private static final class Given<T extends Resource> implements Informer<T> {
        private final List<Listener<T>> listeners = new ArrayList<>();
        private final List<Runnable> waiting = new ArrayList<>();
        private List<T> objects = List.of();
        private boolean synced;

        void set(List<T> now) {
            objects = now;
            synced = true;
            waiting.forEach(Runnable::run);
            waiting.clear();
            listeners.forEach(listener -> listener.changed(null, null));
        }

        @Override
        public boolean synced() {
            return synced;
        }

        @Override
        public long revision() {
            return 1;
        }

        @Override
        public @Nullable T find(String namespace, String name) {
            return in(namespace).filter(one -> one.name().equals(name)).findFirst().orElse(null);
        }

        @Override
        public Stream<T> all() {
            return objects.stream();
        }

        @Override
        public Stream<T> in(String namespace) {
            return all().filter(one -> one.namespace().equals(namespace));
        }

        @Override
        public void onChange(Listener<T> listener) {
            listeners.add(listener);
        }

        @Override
        public void onSynced(Runnable action) {
            if (synced) {
                action.run();
            } else {
                waiting.add(action);
            }
        }
    }
}
