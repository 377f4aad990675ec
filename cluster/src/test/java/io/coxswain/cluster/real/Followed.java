package io.coxswain.cluster.real;

import io.coxswain.api.schema.Resource;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.client.WatchStream;
import io.coxswain.client.WatchStream.WatchEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// A collection as one watch tells it, event by event, from a list on.
final class Followed<T extends Resource> implements AutoCloseable {

    private final Class<T> type;
    private final ListQuery query;
    private final Map<String, T> present = new LinkedHashMap<>();
    private final List<WatchEvent<T>> events = new ArrayList<>();
    private String revision;
    private WatchStream<T> watch;

    Followed(Client client, Class<T> type, ListQuery query) {
        this.type = type;
        this.query = query;
        var list = client.list(type, query);
        list.items().forEach(one -> present.put(one.name(), one));
        this.revision = list.resourceVersion();
        this.watch = client.watch(type, query.from(revision));
    }

    /// Goes on with a new connection right after the last event that was seen.
    void resume(Client client) {
        watch.close();
        watch = client.watch(type, query.from(revision));
    }

    /// The objects as far as events have been taken.
    Stream<T> all() {
        return present.values().stream();
    }

    List<WatchEvent<T>> events() {
        return events;
    }

    /// Takes events until `end` holds; the lowest value of `measure` on the way, after each event.
    long lowest(String what, ToLongFunction<Stream<T>> measure, Predicate<Followed<T>> end) {
        var lowest = new long[] {measure.applyAsLong(all())};
        Program.await(
                what,
                Duration.ofSeconds(90),
                () -> {
                    while (take()) {
                        lowest[0] = Math.min(lowest[0], measure.applyAsLong(all()));
                    }
                    return end.test(this);
                });
        return lowest[0];
    }

    void until(String what, Predicate<Followed<T>> end) {
        lowest(what, _ -> 0, end);
    }

    /// Takes what comes until the connection breaks.
    void untilBroken() {
        try {
            while (true) {
                if (!take()) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        } catch (UncheckedIOException e) {
            // As expected.
        }
    }

    private boolean take() {
        var event = watch.poll();
        if (event == null) {
            return false;
        }
        events.add(event);
        revision = event.resourceVersion();
        var object = event.object();
        if (object != null) {
            switch (event.type()) {
                case ADDED, MODIFIED -> present.put(object.name(), object);
                case DELETED -> present.remove(object.name());
                case BOOKMARK -> {}
            }
        }
        return true;
    }

    @Override
    public void close() {
        watch.close();
    }
}
