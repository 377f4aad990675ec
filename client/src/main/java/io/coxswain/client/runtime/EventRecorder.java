package io.coxswain.client.runtime;

import io.coxswain.api.core.Event;
import io.coxswain.api.core.EventSource;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.client.Patch;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes Events. The same thing said again about the same object raises the count of the Event
/// that is already there. An Event that cannot be written is dropped: telling must never stop
/// doing.
public final class EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int REMEMBERED_MAX = 4_096;

    private final Client client;
    private final Clock clock;
    private final String component;
    private final String host;
    private final Map<Said, Written> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Said, Written> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };

    /// The last suffix of a name; guarded by `remembered`.
    private long last;

    /// What makes two events the same.
    private record Said(
            String uid,
            String namespace,
            String name,
            String type,
            String reason,
            String message) {}

    /// Where it was written, and how often it was said until then.
    private record Written(String namespace, String name, long count) {

        static Written of(Event event) {
            return new Written(event.namespace(), event.name(), event.count());
        }
    }

    /// @param component who speaks, such as `replicaset-controller`
    /// @param host the node it runs on; empty for the control plane
    public EventRecorder(Client client, Clock clock, String component, String host) {
        this.client = client;
        this.clock = clock;
        this.component = component;
        this.host = host;
    }

    /// @param type `Normal` or `Warning`
    public void record(Resource regarding, String type, String reason, String message) {
        record(reference(regarding), type, reason, message);
    }

    /// Also for a part of an object, which the reference's `fieldPath` names.
    public void record(ObjectReference regarding, String type, String reason, String message) {
        var said =
                new Said(
                        regarding.uid() + regarding.fieldPath(),
                        regarding.namespace(),
                        regarding.name(),
                        type,
                        reason,
                        message);
        try {
            var event = again(said);
            remember(said, event == null ? create(regarding, said) : event);
        } catch (ApiError | UncheckedIOException error) {
            LOG.debug("event {} {} was not written: {}", reason, message, error.getMessage());
        }
    }

    /// Refers to `object` as events do.
    public static ObjectReference reference(Resource object) {
        var kind = ResourceKind.of(object.getClass());
        return new ObjectReference(
                kind.kind(),
                object.namespace(),
                object.name(),
                object.uid(),
                kind.apiVersion(),
                object.metadata().resourceVersion(),
                "");
    }

    /// Counts the event up, or returns null when there is none yet or no longer.
    private @Nullable Event again(Said said) {
        Written known;
        synchronized (remembered) {
            known = remembered.get(said);
        }
        if (known == null) {
            return null;
        }
        var now = clock.now().truncatedTo(ChronoUnit.SECONDS);
        var fields = new LinkedHashMap<String, Json>();
        fields.put("count", Json.of(known.count() + 1));
        fields.put("lastTimestamp", Json.of(now.toString()));
        try {
            return client.patch(
                    Event.class, known.namespace(), known.name(), Patch.merge(Json.object(fields)));
        } catch (ApiError error) {
            if (error.notFound()) {
                return null;
            }
            throw error;
        }
    }

    private Event create(ObjectReference regarding, Said said) {
        var now = clock.now();
        var seconds = now.truncatedTo(ChronoUnit.SECONDS);
        var namespace = regarding.namespace().isEmpty() ? "default" : regarding.namespace();
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, regarding.name() + "." + suffix(now))
                        .set(ObjectMeta::namespace, namespace)
                        .done();
        return client.create(
                Edit.of(Event.class)
                        .set(Event::metadata, metadata)
                        .set(Event::involvedObject, regarding)
                        .set(Event::reason, said.reason())
                        .set(Event::message, said.message())
                        .set(Event::source, new EventSource(component, host))
                        .set(Event::firstTimestamp, seconds)
                        .set(Event::lastTimestamp, seconds)
                        .set(Event::count, 1)
                        .set(Event::type, said.type())
                        .set(Event::reportingComponent, component)
                        .set(Event::reportingInstance, host)
                        .done());
    }

    private void remember(Said said, Event event) {
        synchronized (remembered) {
            remembered.put(said, Written.of(event));
        }
    }

    /// Unique for one object and one speaker: nanoseconds, and a count within a standing clock.
    private String suffix(Instant now) {
        var nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        synchronized (remembered) {
            last = Math.max(last + 1, nanos);
            return Long.toHexString(last);
        }
    }
}
