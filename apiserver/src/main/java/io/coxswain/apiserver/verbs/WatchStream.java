package io.coxswain.apiserver.verbs;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.WatchedObject;
import io.coxswain.base.Clock;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Event;
import io.coxswain.storage.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// One running watch: takes events from the store's history, shows each through the request's
/// selectors, and sends it. The history waits for a slow client, until compaction cuts it off.
final class WatchStream<T> {

    private static final int EVENTS_PER_ROUND_MAX = 256;
    private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);

    /// The last bookmark leaves this long before the watch ends by itself.
    private static final Duration BOOKMARK_BEFORE_END = Duration.ofSeconds(2);

    private final ResourceCall<T> call;
    private final Selection selection;
    private final Negotiation wanted;
    private final Clock clock;
    private final boolean bookmarks;
    private boolean columnsSent;

    WatchStream(ResourceCall<T> call, Selection selection, Negotiation wanted, Clock clock) {
        this.call = call;
        this.selection = selection;
        this.wanted = wanted;
        this.clock = clock;
        this.bookmarks = call.query().flag("allowWatchBookmarks");
    }

    Response.Producer producer(long revision, WatchHandler.Initial initial, Duration timeout) {
        return sink -> run(sink, revision, initial, timeout);
    }

    private void run(
            Response.Sink sink, long revision, WatchHandler.Initial initial, Duration timeout)
            throws IOException {
        var thread = Thread.currentThread();
        var open = new boolean[] {true};
        sink.onClose(() -> {
            open[0] = false;
            LockSupport.unpark(thread);
        });
        var end = clock.nanos() + timeout.toNanos();
        var resource = call.kind().kind().groupResource();
        try (var watch =
                call.registry()
                        .store()
                        .watch(resource, revision, () -> LockSupport.unpark(thread))) {
            sendInitial(sink, revision, initial);
            sink.flush();
            follow(sink, watch, end, open);
        } catch (CompactedException e) {
            sink.write(
                    WatchFrames.error(
                            Errors.expired(
                                    "too old resource version: "
                                            + revision
                                            + " ("
                                            + e.compactedRevision()
                                            + ")")));
        }
    }

    private void follow(Response.Sink sink, Watch watch, long end, boolean[] open)
            throws IOException {
        var nextBookmark =
                Math.min(
                        clock.nanos() + BOOKMARK_EVERY.toNanos(),
                        end - BOOKMARK_BEFORE_END.toNanos());
        while (open[0] && clock.nanos() < end) {
            var events = watch.poll(EVENTS_PER_ROUND_MAX);
            for (var event : events) {
                send(sink, event);
            }
            if (bookmarks && clock.nanos() >= nextBookmark) {
                sink.write(bookmark(watch.revision(), false));
                nextBookmark = clock.nanos() + BOOKMARK_EVERY.toNanos();
                sink.flush();
            }
            if (events.isEmpty()) {
                sink.flush();
                LockSupport.parkNanos(
                        this,
                        Math.max(
                                1, Math.min(end, nextBookmark(nextBookmark, end)) - clock.nanos()));
            }
        }
    }

    private long nextBookmark(long at, long end) {
        return bookmarks ? at : end;
    }

    private void sendInitial(Response.Sink sink, long revision, WatchHandler.Initial initial)
            throws IOException {
        var snapshot = initial.objects();
        if (snapshot == null) {
            return;
        }
        var entries = snapshot.list(call.kind().kind().groupResource(), call.namespace(), null);
        while (entries.hasNext()) {
            var entry = entries.next();
            if (selected(entry)) {
                sink.write(frame("ADDED", entry));
            }
        }
        if (initial.announced()) {
            sink.write(bookmark(revision, true));
        }
    }

    /// What a change looks like through the selectors: an object that comes to match is added, one
    /// that no longer matches is deleted.
    private void send(Response.Sink sink, Event event) throws IOException {
        var previous = event.previous();
        var is = !event.deleted() && selected(event.entry());
        if (previous == null || !selected(previous)) {
            if (is) {
                sink.write(frame("ADDED", event.entry()));
            }
            return;
        }
        if (is) {
            sink.write(frame("MODIFIED", event.entry()));
            return;
        }
        sink.write(frame("DELETED", event.deleted() ? event.entry() : gone(previous, event)));
    }

    /// The old state under the new revision: what leaves a selection is shown as it was last seen.
    private Entry gone(Entry previous, Event event) {
        var tree = JsonReader.readObject(previous.bytes());
        var metadata =
                tree.object("metadata")
                        .with("resourceVersion", Json.of(Long.toString(event.revision())));
        var bytes = JsonWriter.write(tree.with("metadata", metadata));
        return new Entry(previous.key(), event.revision(), previous.header(), bytes);
    }

    private boolean selected(Entry entry) {
        var namespace = call.namespace();
        return (namespace.isEmpty() || namespace.equals(entry.key().namespace()))
                && (call.name().isEmpty() || call.name().equals(entry.key().name()))
                && selection.matches(entry);
    }

    private Payload frame(String type, Entry entry) {
        if (wanted.table()) {
            var page = new ListPage(entry.revision(), List.of(entry), "", null);
            var table = Tables.of(call, page, clock.now(), wanted.version(), !columnsSent);
            columnsSent = true;
            return WatchFrames.of(type, table);
        }
        if (wanted.metadataOnly()) {
            var tree = JsonReader.readObject(entry.bytes());
            return WatchFrames.of(type, Metadata.only(tree, wanted.version()));
        }
        var revision = Long.toString(entry.revision());
        return WatchFrames.of(
                type, entry, new WatchedObject(type, call.kind().object(entry), revision));
    }

    private Payload bookmark(long revision, boolean initialEnd) {
        var object = WatchFrames.bookmark(call.kind().kind(), revision, initialEnd);
        return WatchFrames.of("BOOKMARK", object);
    }
}
