package io.coxswain.apiserver.crd;

import io.coxswain.storage.Entry;
import io.coxswain.storage.Event;
import io.coxswain.storage.Key;
import io.coxswain.storage.Snapshot;
import io.coxswain.storage.Store;
import io.coxswain.storage.Watch;
import io.coxswain.storage.Write;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A store as one version of one resource sees it: what is read comes in this version, what is
/// written goes in the version that is stored.
final class VersionedStore implements Store {

    /// Objects of a list are converted in groups, each with one call of a webhook at most.
    private static final int GROUP = 500;

    private final Store store;
    private final String resource;
    private final StoredForm form;

    VersionedStore(Store store, String resource, StoredForm form) {
        this.store = store;
        this.resource = resource;
        this.form = form;
    }

    @Override
    public Write.Outcome write(Write write) {
        if (!write.key().resource().equals(resource)) {
            return store.write(write);
        }
        var converted =
                new Write(
                        write.key(),
                        write.expected(),
                        form.stored(write.draft()),
                        write.delete(),
                        write.timeToLive());
        return switch (store.write(converted)) {
            case Write.Outcome.Written(var entry) -> new Write.Outcome.Written(shown(entry));
            case Write.Outcome.Conflict(var current) ->
                    new Write.Outcome.Conflict(current == null ? null : shown(current));
        };
    }

    @Override
    public Snapshot snapshot() {
        return new View(store.snapshot());
    }

    @Override
    public Snapshot fresh() {
        return new View(store.fresh());
    }

    @Override
    public boolean shared() {
        return store.shared();
    }

    @Override
    public Snapshot snapshotAt(long revision) {
        return new View(store.snapshotAt(revision));
    }

    @Override
    public Watch watch(String watched, long revision, Runnable wakeUp) {
        var watch = store.watch(watched, revision, wakeUp);
        return watched.equals(resource) ? new Converting(watch, form.line(), wakeUp) : watch;
    }

    @Override
    public void compact(long revision) {
        store.compact(revision);
    }

    @Override
    public long compactedRevision() {
        return store.compactedRevision();
    }

    @Override
    public @Nullable String fault() {
        return store.fault();
    }

    /// Does nothing: the store behind it belongs to somebody else.
    @Override
    public void close() {}

    private Entry shown(Entry entry) {
        return form.shown(List.of(entry)).getFirst();
    }

    private final class View implements Snapshot {
        private final Snapshot snapshot;

        View(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public long revision() {
            return snapshot.revision();
        }

        @Override
        public @Nullable Entry get(Key key) {
            var entry = snapshot.get(key);
            return entry == null || !key.resource().equals(resource) ? entry : shown(entry);
        }

        @Override
        public Iterator<Entry> list(String listed, String namespace, @Nullable Key after) {
            var entries = snapshot.list(listed, namespace, after);
            return listed.equals(resource) ? new Groups(entries) : entries;
        }

        @Override
        public int count(String listed, String namespace, @Nullable Key after) {
            return snapshot.count(listed, namespace, after);
        }
    }

    private final class Groups implements Iterator<Entry> {
        private final Iterator<Entry> stored;
        private Iterator<Entry> group = List.<Entry>of().iterator();

        Groups(Iterator<Entry> stored) {
            this.stored = stored;
        }

        @Override
        public boolean hasNext() {
            return group.hasNext() || stored.hasNext();
        }

        @Override
        public Entry next() {
            if (!group.hasNext()) {
                var next = new ArrayList<Entry>();
                while (next.size() < GROUP && stored.hasNext()) {
                    next.add(stored.next());
                }
                group = form.shown(next).iterator();
            }
            return group.next();
        }
    }

    /// Shows events as the version is when they are read, until it is gone.
    private static final class Converting implements Watch {
        private final Watch watch;
        private final Lifeline line;
        private final Runnable wakeUp;

        Converting(Watch watch, Lifeline line, Runnable wakeUp) {
            this.watch = watch;
            this.line = line;
            this.wakeUp = wakeUp;
            line.follow(wakeUp);
        }

        @Override
        public boolean ended() {
            return line.current() == null;
        }

        @Override
        public List<Event> poll(int max) {
            var form = line.current();
            if (form == null) {
                return List.of();
            }
            var events = watch.poll(max);
            var stored = new ArrayList<Entry>();
            for (var event : events) {
                stored.add(event.entry());
                var previous = event.previous();
                if (previous != null) {
                    stored.add(previous);
                }
            }
            var shown = form.shown(stored).iterator();
            var converted = new ArrayList<Event>(events.size());
            for (var event : events) {
                var entry = shown.next();
                var previous = event.previous() == null ? null : shown.next();
                converted.add(new Event(entry, previous, event.deleted()));
            }
            return converted;
        }

        @Override
        public long revision() {
            return watch.revision();
        }

        @Override
        public void close() {
            line.leave(wakeUp);
            watch.close();
        }
    }
}
