package io.coxswain.scheduler;

import io.coxswain.api.core.Binding;
import io.coxswain.api.core.Event;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.ResourceList;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.client.Patch;
import io.coxswain.client.WatchStream;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A client of a cluster that is a few maps: keeps objects, feeds watches, binds pods, and
/// remembers what was asked of it.
final class FakeCluster implements Client {

    final List<String> binds = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    final List<String> patches = new ArrayList<>();
    final List<String> deletes = new ArrayList<>();

    /// Thrown by the next binding.
    @Nullable ApiError refuseBinding;

    private final Map<String, Resource> objects = new LinkedHashMap<>();
    private final List<Stream<?>> streams = new ArrayList<>();
    private long revision = 1;

    private static final class Stream<T extends Resource> implements WatchStream<T> {
        private final Class<T> type;
        private final Queue<WatchEvent<T>> events = new ArrayDeque<>();
        private Runnable wakeUp = () -> {};

        Stream(Class<T> type) {
            this.type = type;
        }

        @Override
        public @Nullable WatchEvent<T> poll() {
            return events.poll();
        }

        @Override
        public void onEvent(Runnable action) {
            wakeUp = action;
        }

        @Override
        public void close() {}

        void tell(Type what, Resource object) {
            if (type.isInstance(object)) {
                var version = object.metadata().resourceVersion();
                events.add(new WatchEvent<>(what, type.cast(object), version));
                wakeUp.run();
            }
        }
    }

    /// Creates or replaces an object.
    void put(Resource object) {
        var stored = versioned(object);
        var before = objects.put(key(stored), stored);
        var what = before == null ? WatchStream.Type.ADDED : WatchStream.Type.MODIFIED;
        streams.forEach(stream -> stream.tell(what, stored));
    }

    void remove(Class<? extends Resource> type, String namespace, String name) {
        var before = objects.remove(key(type, namespace, name));
        if (before != null) {
            var last = versioned(before);
            streams.forEach(stream -> stream.tell(WatchStream.Type.DELETED, last));
        }
    }

    @Override
    public <T extends Resource> T get(Class<T> type, String namespace, String name) {
        var object = find(type, namespace, name);
        if (object == null) {
            throw Errors.notFound("", type.getSimpleName(), name);
        }
        return object;
    }

    @Override
    public <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        var object = objects.get(key(type, namespace, name));
        return object == null ? null : type.cast(object);
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Class<T> type, ListQuery query) {
        var items = objects.values().stream().filter(type::isInstance).map(type::cast).toList();
        return new ResourceList<>(Long.toString(revision), "", items);
    }

    @Override
    public <T extends Resource> T create(T object) {
        if (object instanceof Event event) {
            events.add(event.reason() + ": " + event.message());
        }
        return object;
    }

    @Override
    public <T extends Resource> T update(T object) {
        put(object);
        return object;
    }

    @Override
    public <T extends Resource> T updateStatus(T object) {
        return update(object);
    }

    @Override
    public <T extends Resource> T patch(Class<T> type, String namespace, String name, Patch patch) {
        patches.add(type.getSimpleName() + " " + name + " " + patch.subresource());
        return get(type, namespace, name);
    }

    @Override
    public <T extends Resource> void delete(
            Class<T> type, String namespace, String name, DeleteOptions options) {
        deletes.add(name);
        remove(type, namespace, name);
    }

    @Override
    public <T extends Resource> WatchStream<T> watch(Class<T> type, ListQuery query) {
        var stream = new Stream<>(type);
        streams.add(stream);
        return stream;
    }

    @Override
    public WatchStream<Json.Obj> watchAny(ResourceKind<?> kind, ListQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T extends Resource> void post(
            Class<T> type, String namespace, String name, String subresource, Resource body) {
        var refusal = refuseBinding;
        if (refusal != null) {
            refuseBinding = null;
            throw refusal;
        }
        var node = ((Binding) body).target().name();
        binds.add(name + " -> " + node);
        var pod = get(Pod.class, namespace, name);
        put(Edit.with(pod, Pod::spec, Edit.with(pod.spec(), PodSpec::nodeName, node)));
    }

    @Override
    public Response send(Request request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Json.Obj json(Request request) {
        throw new UnsupportedOperationException();
    }

    private Resource versioned(Resource object) {
        revision++;
        var record = (Record) object;
        @SuppressWarnings("unchecked")
        var type = RecordType.of((Class<Record>) record.getClass());
        var values = type.values(record);
        values[type.component("metadata").index()] =
                Edit.with(object.metadata(), ObjectMeta::resourceVersion, Long.toString(revision));
        return (Resource) type.create(values);
    }

    private static String key(Resource object) {
        return key(object.getClass(), object.namespace(), object.name());
    }

    private static String key(Class<? extends Resource> type, String namespace, String name) {
        return type.getSimpleName() + "/" + namespace + "/" + name;
    }
}
