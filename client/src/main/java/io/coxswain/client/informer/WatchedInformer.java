package io.coxswain.client.informer;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Resource;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.ListQuery;
import io.coxswain.client.WatchStream;
import io.coxswain.client.WatchStream.WatchEvent;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An informer that lists, then watches from the list's revision; after a broken stream it resumes
/// where it was, after `410 Gone` it lists again. Reads are of the contents as last published.
///
/// Cached objects carry no managed fields: nobody who reads a copy needs them, and they are a third
/// of an object's size.
final class WatchedInformer<T extends Resource> implements Informer<T>, Loop {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedInformer.class);
    private static final Duration RETRY_MIN = Duration.ofMillis(800);
    private static final Duration RETRY_MAX = Duration.ofSeconds(30);
    private static final int EVENTS_PER_RUN_MAX = 1_000;
    private static final int PAGE_SIZE = 5_000;

    private final Class<T> type;
    private final ListQuery query;
    private final Client client;
    private final Clock clock;
    private final RandomGenerator random;

    private volatile Contents<T> contents = Contents.nothing();
    private volatile Loops.@Nullable Running running;
    private final Queue<Listener<T>> joining = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> awaitingSync = new ConcurrentLinkedQueue<>();

    // Used by the loop alone.
    private final List<Listener<T>> listeners = new ArrayList<>();
    private @Nullable WatchStream<T> stream;
    private boolean listNeeded = true;
    private int failures;

    WatchedInformer(
            Class<T> type, ListQuery query, Client client, Clock clock, RandomGenerator random) {
        this.type = type;
        this.query = query;
        this.client = client;
        this.clock = clock;
        this.random = random;
    }

    /// Says which started loop this is. Wakes it, in case an event came before this was known.
    void drivenBy(Loops.Running loop) {
        running = loop;
        loop.wake();
    }

    Contents<T> contents() {
        return contents;
    }

    @Override
    public boolean synced() {
        return contents.synced();
    }

    @Override
    public long revision() {
        return contents.revision();
    }

    @Override
    public @Nullable T find(String namespace, String name) {
        return contents.find(namespace, name);
    }

    @Override
    public Stream<T> all() {
        return contents.byKey().values();
    }

    @Override
    public Stream<T> in(String namespace) {
        return contents.in(namespace);
    }

    @Override
    public void onChange(Listener<T> listener) {
        joining.add(listener);
        wake();
    }

    @Override
    public void onSynced(Runnable action) {
        awaitingSync.add(action);
        if (synced()) {
            tellSynced();
        }
    }

    @Override
    public Next runOnce() {
        greetListeners();
        try {
            return follow();
        } catch (ApiError error) {
            listNeeded |= error.expired();
            return retry(error);
        } catch (UncheckedIOException error) {
            return retry(error);
        }
    }

    private Next follow() {
        var open = stream;
        if (open == null) {
            open = connect();
        }
        for (var taken = 0; taken < EVENTS_PER_RUN_MAX; taken++) {
            var event = open.poll();
            if (event == null) {
                return Next.WHEN_WOKEN;
            }
            failures = 0;
            apply(event);
        }
        return Next.AGAIN;
    }

    private WatchStream<T> connect() {
        if (listNeeded) {
            var page =
                    new ListQuery(
                            query.namespace(),
                            query.labelSelector(),
                            query.fieldSelector(),
                            "",
                            PAGE_SIZE);
            var list = client.list(type, page);
            replace(
                    Contents.of(
                            Long.parseLong(list.resourceVersion()),
                            list.items().stream().map(this::lean).toList()));
            listNeeded = false;
            tellSynced();
        }
        var open = client.watch(type, query.from(Long.toString(contents.revision())));
        stream = open;
        open.onEvent(this::wake);
        return open;
    }

    private void apply(WatchEvent<T> event) {
        var revision = Long.parseLong(event.resourceVersion());
        var object = event.object();
        if (event.type() == WatchStream.Type.BOOKMARK || object == null) {
            contents = contents.at(revision);
            return;
        }
        var before = contents.same(object);
        if (event.type() == WatchStream.Type.DELETED) {
            contents = contents.without(object, revision);
            if (before != null) {
                tell(before, null);
            }
            return;
        }
        var after = lean(object);
        contents = contents.with(after, revision);
        tell(before, after);
    }

    /// Publishes a fresh list and tells the difference.
    private void replace(Contents<T> fresh) {
        var old = contents;
        contents = fresh;
        old.byKey()
                .values()
                .filter(before -> fresh.same(before) == null)
                .forEach(before -> tell(before, null));
        fresh.byKey()
                .values()
                .forEach(after -> {
                    var before = old.same(after);
                    if (before == null || !sameVersion(before, after)) {
                        tell(before, after);
                    }
                });
    }

    private void tellSynced() {
        for (var next = awaitingSync.poll(); next != null; next = awaitingSync.poll()) {
            next.run();
        }
    }

    private void greetListeners() {
        for (var listener = joining.poll(); listener != null; listener = joining.poll()) {
            var joined = listener;
            contents.byKey().values().forEach(object -> tell(joined, null, object));
            listeners.add(joined);
        }
    }

    private void tell(@Nullable T before, @Nullable T after) {
        listeners.forEach(listener -> tell(listener, before, after));
    }

    /// A listener's fault is its own: the copy goes on.
    private void tell(Listener<T> listener, @Nullable T before, @Nullable T after) {
        try {
            listener.changed(before, after);
        } catch (RuntimeException fault) {
            LOG.error("a listener to {} failed", type.getSimpleName(), fault);
        }
    }

    private Next retry(RuntimeException error) {
        close();
        if (listNeeded && failures == 0) {
            failures++;
            return Next.AGAIN;
        }
        LOG.debug("{}: {}; trying again", type.getSimpleName(), error.getMessage());
        var ceiling = RETRY_MIN.multipliedBy(1L << Math.min(failures, 10));
        var delay = ceiling.compareTo(RETRY_MAX) < 0 ? ceiling : RETRY_MAX;
        failures++;
        return Next.in(
                clock, Duration.ofMillis((long) (delay.toMillis() * (1 + random.nextDouble()))));
    }

    /// Ends the watch; the next run starts another.
    void close() {
        var open = stream;
        stream = null;
        if (open != null) {
            open.close();
        }
    }

    private void wake() {
        var loop = running;
        if (loop != null) {
            loop.wake();
        }
    }

    private static boolean sameVersion(Resource one, Resource other) {
        return one.metadata().resourceVersion().equals(other.metadata().resourceVersion())
                && one.uid().equals(other.uid());
    }

    /// The object without its managed fields.
    private T lean(T object) {
        var metadata = object.metadata();
        if (metadata.managedFields().isEmpty()) {
            return object;
        }
        var record = RecordType.of(type);
        var values = record.values(object);
        values[record.component("metadata").index()] =
                Edit.with(metadata, ObjectMeta::managedFields, List.of());
        return record.create(values);
    }
}
