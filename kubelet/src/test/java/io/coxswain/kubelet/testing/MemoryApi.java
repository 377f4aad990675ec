package io.coxswain.kubelet.testing;

import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.ResourceList;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import io.coxswain.client.ListQuery;
import io.coxswain.client.Patch;
import io.coxswain.client.WatchStream;
import io.coxswain.client.controller.View;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Objects in memory behind [Client], and an informer of pods that is never behind. Knows just what
/// the kubelet relies on: resource versions, conflicts, graceful deletion of pods.
public final class MemoryApi implements Client {

    private final Clock clock;
    private final Map<String, Resource> objects = new TreeMap<>();
    private final List<Informer.Listener<Resource>> listeners = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private long revision;

    public MemoryApi(Clock clock) {
        this.clock = clock;
    }

    /// What was written, one line per write: `updateStatus pods/web`.
    public List<String> log() {
        return log;
    }

    /// Puts an object there as somebody else would have.
    public synchronized <T extends Resource> T put(T object) {
        var before = objects.get(key(object.getClass(), object.namespace(), object.name()));
        return store(before, object);
    }

    /// Asks for the deletion of a pod, as a user does.
    public synchronized void deletePod(String namespace, String name, long graceSeconds) {
        var pod = get(Pod.class, namespace, name);
        var meta =
                Edit.of(pod.metadata())
                        .set(ObjectMeta::deletionTimestamp, clock.now().plusSeconds(graceSeconds))
                        .set(ObjectMeta::deletionGracePeriodSeconds, graceSeconds)
                        .done();
        store(pod, Edit.with(pod, Pod::metadata, meta));
    }

    /// Removes an object at once.
    public synchronized void drop(Class<? extends Resource> type, String namespace, String name) {
        var before = objects.remove(key(type, namespace, name));
        if (before != null) {
            listeners.forEach(listener -> listener.changed(before, null));
        }
    }

    public Informer<Pod> pods() {
        return new MemoryInformer<>(Pod.class);
    }

    /// Informers that are never behind; they do not look at what a query selects.
    public Informers informers() {
        return new Informers() {
            @Override
            public <T extends Resource> Informer<T> of(Class<T> type) {
                return new MemoryInformer<>(type);
            }

            @Override
            public <T extends Resource> Informer<T> of(Class<T> type, ListQuery query) {
                return of(type);
            }

            @Override
            public boolean synced() {
                return true;
            }

            @Override
            public View view() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public <T extends Resource> T get(Class<T> type, String namespace, String name) {
        var found = find(type, namespace, name);
        if (found == null) {
            throw notFound(type, name);
        }
        return found;
    }

    @Override
    public synchronized <T extends Resource> @Nullable T find(
            Class<T> type, String namespace, String name) {
        return type.cast(objects.get(key(type, namespace, name)));
    }

    @Override
    public synchronized <T extends Resource> ResourceList<T> list(Class<T> type, ListQuery query) {
        var items = objects.values().stream().filter(type::isInstance).<T>map(type::cast).toList();
        return new ResourceList<>(Long.toString(revision), "", items);
    }

    @Override
    public synchronized <T extends Resource> T create(T object) {
        if (objects.containsKey(key(object.getClass(), object.namespace(), object.name()))) {
            throw Errors.alreadyExists("", plural(object.getClass()), object.name());
        }
        log.add("create " + plural(object.getClass()) + "/" + object.name());
        return store(null, object);
    }

    @Override
    public <T extends Resource> T update(T object) {
        return replace("update", object);
    }

    @Override
    public <T extends Resource> T updateStatus(T object) {
        return replace("updateStatus", object);
    }

    private synchronized <T extends Resource> T replace(String verb, T object) {
        var before = objects.get(key(object.getClass(), object.namespace(), object.name()));
        if (before == null) {
            throw notFound(object.getClass(), object.name());
        }
        var version = object.metadata().resourceVersion();
        if (!version.isEmpty() && !version.equals(before.metadata().resourceVersion())) {
            throw Errors.modified("", plural(object.getClass()), object.name());
        }
        log.add(verb + " " + plural(object.getClass()) + "/" + object.name());
        return store(before, object);
    }

    @Override
    public <T extends Resource> T patch(Class<T> type, String namespace, String name, Patch patch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public synchronized <T extends Resource> void delete(
            Class<T> type, String namespace, String name, DeleteOptions options) {
        var found = get(type, namespace, name);
        var wanted = options.preconditions();
        if (wanted != null && wanted.uid() != null && !wanted.uid().equals(found.uid())) {
            throw Errors.conflict("", plural(type), name, "the UID in the precondition differs");
        }
        log.add("delete " + plural(type) + "/" + name);
        drop(type, namespace, name);
    }

    @Override
    public <T extends Resource> WatchStream<T> watch(Class<T> type, ListQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchStream<Json.Obj> watchAny(ResourceKind<?> kind, ListQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Resource> void post(
            Class<T> type, String namespace, String name, String subresource, Resource body) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Response send(Request request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Json.Obj json(Request request) {
        if (!request.path().endsWith("/token")) {
            throw Errors.noSuchPath();
        }
        log.add("POST " + request.path());
        var expires = clock.now().plusSeconds(3600).toString();
        return Json.EMPTY.with(
                "status",
                Json.EMPTY
                        .with("token", Json.of("token-" + ++revision))
                        .with("expirationTimestamp", Json.of(expires)));
    }

    private synchronized <T extends Resource> T store(@Nullable Resource before, T object) {
        var stored = withVersion(object, Long.toString(++revision));
        objects.put(key(object.getClass(), object.namespace(), object.name()), stored);
        listeners.forEach(listener -> listener.changed(before, stored));
        return stored;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <T extends Resource> T withVersion(T object, String version) {
        var meta = Edit.with(object.metadata(), ObjectMeta::resourceVersion, version);
        var type = io.coxswain.api.schema.RecordType.of((Class) object.getClass());
        var values = type.values(object);
        values[type.component("metadata").index()] = meta;
        return (T) type.create(values);
    }

    private static RuntimeException notFound(Class<?> type, String name) {
        return Errors.notFound("", plural(type), name);
    }

    private static String plural(Class<?> type) {
        return type.getAnnotation(io.coxswain.api.schema.Kind.class).plural();
    }

    private static String key(Class<?> type, String namespace, String name) {
        return type.getSimpleName() + "/" + namespace + "/" + name;
    }

    private final class MemoryInformer<T extends Resource> implements Informer<T> {
        private final Class<T> type;

        MemoryInformer(Class<T> type) {
            this.type = type;
        }

        @Override
        public boolean synced() {
            return true;
        }

        @Override
        public void onSynced(Runnable action) {
            action.run();
        }

        @Override
        public long revision() {
            return revision;
        }

        @Override
        public @Nullable T find(String namespace, String name) {
            return MemoryApi.this.find(type, namespace, name);
        }

        @Override
        public Stream<T> all() {
            return copy().stream().filter(type::isInstance).map(type::cast);
        }

        @Override
        public Stream<T> in(String namespace) {
            return all().filter(object -> object.namespace().equals(namespace));
        }

        @Override
        public void onChange(Listener<T> listener) {
            listeners.add((before, after) -> {
                if (type.isInstance(after == null ? before : after)) {
                    listener.changed(type.cast(before), type.cast(after));
                }
            });
            all().forEach(object -> listener.changed(null, object));
        }
    }

    private synchronized List<Resource> copy() {
        return List.copyOf(objects.values());
    }
}
