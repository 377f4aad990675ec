package io.coxswain.kubelet.events;

import io.coxswain.api.core.Event;
import io.coxswain.api.core.EventSource;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.client.Client;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events to the API, one after the other; the same event again raises the count of the one
/// that is there. When the API is slower than the events, the newest are dropped.
public final class EventRecorder implements Events, Loop {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int QUEUED_MAX = 1_000;
    private static final int REMEMBERED_MAX = 4_096;
    private static final String COMPONENT = "kubelet";

    private final Client client;
    private final String node;
    private final Clock clock;
    private final LinkedBlockingQueue<Happening> queue = new LinkedBlockingQueue<>(QUEUED_MAX);
    private final Map<Key, Event> written =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Event> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };
    private volatile Runnable wakeUp = () -> {};
    private long count;

    private record Key(ObjectReference about, String type, String reason, String message) {}

    private record Happening(Key key, ObjectReference about, Instant at) {}

    public EventRecorder(Client client, String node, Clock clock) {
        this.client = client;
        this.node = node;
        this.clock = clock;
    }

    /// What wakes this loop, once it has been started.
    public void onEvent(Runnable wake) {
        wakeUp = wake;
    }

    @Override
    public void emit(ObjectReference about, String type, String reason, String message) {
        var stable = Edit.with(about, ObjectReference::resourceVersion, "");
        var key = new Key(stable, type, reason, message);
        if (!queue.offer(new Happening(key, about, clock.now()))) {
            LOG.debug("event dropped: {}", key);
        }
        wakeUp.run();
    }

    @Override
    public Next runOnce() {
        for (var next = queue.peek(); next != null; next = queue.peek()) {
            write(next);
            queue.poll();
        }
        return Next.WHEN_WOKEN;
    }

    private void write(Happening happening) {
        try {
            var before = written.get(happening.key());
            var after = before == null ? null : raised(before, happening);
            written.put(happening.key(), after == null ? create(happening) : after);
        } catch (ApiError e) {
            // Such as: the namespace is being deleted.
            LOG.debug("event refused: {}", e.getMessage());
        }
    }

    private @Nullable Event raised(Event before, Happening happening) {
        var latest = client.find(Event.class, before.namespace(), before.name());
        if (latest == null) {
            return null;
        }
        return client.update(
                Edit.of(latest)
                        .set(Event::count, latest.count() + 1)
                        .set(Event::lastTimestamp, happening.at().truncatedTo(ChronoUnit.SECONDS))
                        .done());
    }

    private Event create(Happening happening) {
        var about = happening.about();
        var at = happening.at().truncatedTo(ChronoUnit.SECONDS);
        var namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        return client.create(
                Edit.of(Event.class)
                        .set(
                                Event::metadata,
                                Edit.of(ObjectMeta.class)
                                        .set(ObjectMeta::name, name(about, happening.at()))
                                        .set(ObjectMeta::namespace, namespace)
                                        .done())
                        .set(Event::involvedObject, about)
                        .set(Event::reason, happening.key().reason())
                        .set(Event::message, happening.key().message())
                        .set(Event::type, happening.key().type())
                        .set(Event::source, new EventSource(COMPONENT, node))
                        .set(Event::firstTimestamp, at)
                        .set(Event::lastTimestamp, at)
                        .set(Event::count, 1)
                        .set(Event::reportingComponent, COMPONENT)
                        .set(Event::reportingInstance, node)
                        .done());
    }

    private String name(ObjectReference about, Instant at) {
        var nanos = at.getEpochSecond() * 1_000_000_000L + at.getNano() + count++ % 1_000;
        return about.name() + "." + Long.toHexString(nanos);
    }
}
