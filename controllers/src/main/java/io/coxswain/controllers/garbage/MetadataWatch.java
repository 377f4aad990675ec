package io.coxswain.controllers.garbage;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.client.WatchStream;
import io.coxswain.http.Request;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the metadata of one resource that nobody in this process caches, custom ones too.
final class MetadataWatch implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataWatch.class);
    private static final Duration RETRY_MIN = Duration.ofMillis(800);
    private static final int GIVEN_UP_AFTER = 3;
    private static final int EVENTS_PER_RUN_MAX = 1_000;

    private final ResourceKind<?> kind;
    private final Client client;
    private final Clock clock;
    private final Consumer<Change> changes;
    private final Runnable onSynced;
    private final Map<String, String> uids = new HashMap<>();
    private volatile boolean synced;
    private volatile Loops.@Nullable Running running;
    private @Nullable WatchStream<Json.Obj> stream;
    private String revision = "";
    private int failures;

    /// @param onSynced called after each list, and when listing keeps failing
    MetadataWatch(
            ResourceKind<?> kind,
            Client client,
            Clock clock,
            Consumer<Change> changes,
            Runnable onSynced) {
        this.kind = kind;
        this.client = client;
        this.clock = clock;
        this.changes = changes;
        this.onSynced = onSynced;
    }

    void startOn(Loops loops) {
        var loop = loops.start("garbage-" + kind.groupResource(), this);
        running = loop;
        loop.wake();
    }

    void stop() {
        var loop = running;
        if (loop != null) {
            loop.stop();
        }
        close();
        uids.values().forEach(uid -> changes.accept(new Change.Gone(uid)));
    }

    /// Whether the first list is here. One that cannot be had must not keep all the others waiting.
    boolean synced() {
        return synced;
    }

    @Override
    public Next runOnce() {
        try {
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
        } catch (ApiError error) {
            if (error.expired()) {
                revision = "";
            }
            return retry(error);
        } catch (UncheckedIOException | DecodeError error) {
            return retry(error);
        }
    }

    private WatchStream<Json.Obj> connect() {
        if (revision.isEmpty()) {
            list();
        }
        var open = client.watchAny(kind, ListQuery.ALL.from(revision));
        stream = open;
        open.onEvent(this::wake);
        return open;
    }

    private void list() {
        var list = client.json(Request.get(kind.path("")));
        var left = new HashSet<>(uids.keySet());
        for (var item : list.items("items")) {
            if (item instanceof Json.Obj object) {
                left.remove(see(object));
            }
        }
        left.forEach(this::forget);
        revision = list.object("metadata").text("resourceVersion");
        synced = true;
        onSynced.run();
    }

    private void apply(WatchStream.WatchEvent<Json.Obj> event) {
        var object = event.object();
        revision = event.resourceVersion();
        if (object == null || event.type() == WatchStream.Type.BOOKMARK) {
            return;
        }
        if (event.type() == WatchStream.Type.DELETED) {
            forget(key(metadata(object)));
        } else {
            see(object);
        }
    }

    private String see(Json.Obj object) {
        var metadata = metadata(object);
        var key = key(metadata);
        var before = uids.put(key, metadata.uid());
        if (before != null && !before.equals(metadata.uid())) {
            changes.accept(new Change.Gone(before));
        }
        changes.accept(new Change.Seen(Observed.of(kind, metadata)));
        return key;
    }

    private void forget(String key) {
        var uid = uids.remove(key);
        if (uid != null) {
            changes.accept(new Change.Gone(uid));
        }
    }

    private static String key(ObjectMeta metadata) {
        return metadata.namespace() + "/" + metadata.name();
    }

    private static ObjectMeta metadata(Json.Obj object) {
        var lean = object.object("metadata").without("managedFields");
        return RecordReader.fromTree(ObjectMeta.class, lean, new Problems());
    }

    private Next retry(RuntimeException error) {
        LOG.debug("{}: {}", kind.groupResource(), error.getMessage());
        close();
        if (failures >= GIVEN_UP_AFTER && !synced) {
            synced = true;
            onSynced.run();
        }
        return Next.in(clock, RETRY_MIN.multipliedBy(1L << Math.min(failures++, 5)));
    }

    private void close() {
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
}
