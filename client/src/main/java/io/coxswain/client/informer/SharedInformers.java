package io.coxswain.client.informer;

import io.coxswain.api.schema.Resource;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import io.coxswain.client.ListQuery;
import io.coxswain.client.controller.View;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// The informers of one process: one watch for each collection, however many ask for it.
public final class SharedInformers implements Informers {

    private final Client client;
    private final Loops loops;
    private final RandomGenerator random;
    private final Map<Collection, Started<?>> started = new ConcurrentHashMap<>();

    private record Collection(Class<? extends Resource> type, ListQuery query) {}

    private record Started<T extends Resource>(WatchedInformer<T> informer, Loops.Running loop) {}

    public SharedInformers(Client client, Loops loops, RandomGenerator random) {
        this.client = client;
        this.loops = loops;
        this.random = random;
    }

    @Override
    public <T extends Resource> Informer<T> of(Class<T> type) {
        return watched(type, ListQuery.ALL);
    }

    @Override
    public <T extends Resource> Informer<T> of(Class<T> type, ListQuery query) {
        return watched(type, query);
    }

    @Override
    public boolean synced() {
        return started.values().stream().allMatch(one -> one.informer().synced());
    }

    @Override
    public View view() {
        return new SnapshotView(loops.clock().now(), this::contents);
    }

    @Override
    public void close() {
        started.values()
                .forEach(one -> {
                    one.loop().stop();
                    one.informer().close();
                });
        started.clear();
    }

    private <T extends Resource> Contents<T> contents(Class<T> type) {
        return watched(type, ListQuery.ALL).contents();
    }

    @SuppressWarnings("unchecked")
    private <T extends Resource> WatchedInformer<T> watched(Class<T> type, ListQuery query) {
        var one =
                started.computeIfAbsent(
                        new Collection(type, query), collection -> start(type, query));
        return (WatchedInformer<T>) one.informer();
    }

    private <T extends Resource> Started<T> start(Class<T> type, ListQuery query) {
        var informer = new WatchedInformer<>(type, query, client, loops.clock(), random);
        var loop = loops.start("informer-" + type.getSimpleName(), informer);
        informer.drivenBy(loop);
        return new Started<>(informer, loop);
    }
}
