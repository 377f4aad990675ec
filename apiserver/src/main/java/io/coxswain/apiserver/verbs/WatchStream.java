package io.coxswain.apiserver.verbs;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.base.Clock;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import io.coxswain.http.Rounds;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Event;
import io.coxswain.storage.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One watch: takes events from the store's history, shows each through the request's selectors,
/// and sends it. The history waits for a slow client, until compaction cuts it off.
final class WatchStream<T> implements Rounds.Producer {

    private static final int EVENTS_PER_ROUND_MAX = 16;
    private static final Duration BOOKMARK_EVERY = Duration.ofMinutes(1);

    /// The last bookmark leaves this long before the watch ends by itself.
    private static final Duration BOOKMARK_BEFORE_END = Duration.ofSeconds(2);

    private final ResourceCall<T> call;
    private final Selection selection;
    private final WatchFrames frames;
    private final WatchHandler.Start.From start;
    private final Duration timeout;
    private final Clock clock;
    private final boolean bookmarks;
    private boolean columnsSent;

    WatchStream(
            ResourceCall<T> call,
            Selection selection,
            WatchFrames frames,
            WatchHandler.Start.From start,
            Duration timeout,
            Clock clock) {
        this.call = call;
        this.selection = selection;
        this.frames = frames;
        this.start = start;
        this.timeout = timeout;
        this.clock = clock;
        this.bookmarks = call.query().flag("allowWatchBookmarks");
    }

    @Override
    public boolean prompt() {
        return !call.kind().codec().waits();
    }

    @Override
    public Rounds begin(Runnable wakeUp) {
        return new Running(wakeUp);
    }

    private final class Running implements Rounds {
        private final Runnable wakeUp;
        private final long end = clock.nanos() + timeout.toNanos();
        private long nextBookmark = end - BOOKMARK_BEFORE_END.toNanos();
        private @Nullable Watch watch;
        private @Nullable Iterator<Entry> initial;

        Running(Runnable wakeUp) {
            this.wakeUp = wakeUp;
            postponeBookmark();
        }

        @Override
        public @Nullable Duration next(Response.Sink sink) throws IOException {
            try {
                if (watch == null) {
                    watch = open();
                    initial = initial();
                }
                if (initial != null) {
                    initial = sendInitial(initial, sink) ? initial : null;
                    return Duration.ZERO;
                }
                return follow(watch, sink);
            } catch (CompactedException e) {
                sink.write(frames.error(expired(e)));
                return null;
            } catch (ApiError e) {
                sink.write(frames.error(failed(e)));
                return null;
            }
        }

        @Override
        public void close() {
            if (watch != null) {
                watch.close();
            }
        }

        private Watch open() {
            var resource = call.kind().resource();
            var store = call.registry().store();
            var from = Math.min(start.revision(), store.snapshot().revision());
            return store.watch(resource, from, wakeUp);
        }

        private @Nullable Duration follow(Watch open, Response.Sink sink) throws IOException {
            var events = open.poll(EVENTS_PER_ROUND_MAX);
            for (var event : events) {
                if (event.revision() > start.revision()) {
                    send(sink, event);
                }
            }
            var now = clock.nanos();
            if (bookmarks && now >= nextBookmark && open.revision() >= start.revision()) {
                sink.write(bookmark(open.revision(), false));
                postponeBookmark();
            }
            if (now >= end || open.ended()) {
                return null;
            }
            var until = bookmarks ? Math.min(end, nextBookmark) : end;
            return events.isEmpty() ? Duration.ofNanos(Math.max(1, until - now)) : Duration.ZERO;
        }

        private void postponeBookmark() {
            var now = clock.nanos();
            var usual = now + BOOKMARK_EVERY.toNanos();
            var last = end - BOOKMARK_BEFORE_END.toNanos();
            nextBookmark = now < last ? Math.min(usual, last) : usual;
        }
    }

    /// An object that cannot be shown in this version, because its conversion has failed.
    private static ApiError failed(ApiError error) {
        return error.reason().isEmpty() ? Errors.internal(error.status().message()) : error;
    }

    private ApiError expired(CompactedException e) {
        return Errors.expired(
                "too old resource version: "
                        + start.revision()
                        + " ("
                        + e.compactedRevision()
                        + ")");
    }

    private @Nullable Iterator<Entry> initial() {
        var snapshot = start.initial().objects();
        return snapshot == null
                ? null
                : snapshot.list(call.kind().resource(), call.namespace(), null);
    }

    /// Sends the next of the objects a watch begins with. Returns whether there are more.
    private boolean sendInitial(Iterator<Entry> entries, Response.Sink sink) throws IOException {
        for (var i = 0; i < EVENTS_PER_ROUND_MAX && entries.hasNext(); i++) {
            var entry = entries.next();
            if (selected(entry)) {
                sink.write(frame("ADDED", entry));
            }
        }
        if (entries.hasNext()) {
            return true;
        }
        if (start.initial().announced()) {
            sink.write(bookmark(start.revision(), true));
        }
        return false;
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

    private Payload frame(String type, Entry stored) {
        var entry = call.kind().view(stored);
        if (frames.wanted().table()) {
            var page = new ListPage(entry.revision(), List.of(entry), "", null);
            var version = frames.wanted().version();
            var table = Tables.of(call, page, clock.now(), version, !columnsSent);
            columnsSent = true;
            return WatchFrames.of(type, table);
        }
        return frames.object(call, type, entry);
    }

    private Payload bookmark(long revision, boolean initialEnd) {
        return frames.bookmark(call, revision, initialEnd);
    }
}
