package io.coxswain.etcd;

import io.coxswain.etcd.rpc.KeyValue;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Event;
import io.coxswain.storage.Key;
import io.coxswain.storage.Layout;
import io.coxswain.storage.state.Root;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes events of what a watch of etcd says, on top of the present state.
final class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);

    private final Places places;
    private final Layout layout;
    private final OwnWrites own;
    private final long offset;
    private final Set<Key> unreadable = ConcurrentHashMap.newKeySet();

    Changes(Places places, Layout layout, OwnWrites own, long offset) {
        this.places = places;
        this.layout = layout;
        this.own = own;
        this.offset = offset;
    }

    /// Where something is that cannot be read, and so is not shown to anybody.
    Set<Key> unreadable() {
        return Set.copyOf(unreadable);
    }

    /// The events among these that come after `root`, and change objects.
    List<Event> after(Root root, List<io.coxswain.etcd.rpc.Event> raw) {
        var events = new ArrayList<Event>(raw.size());
        Map<Key, @Nullable Entry> changed = HashMap.newHashMap(raw.size());
        for (var one : raw) {
            var key = places.key(one.getKv().getKey());
            var revision = one.getKv().getModRevision() + offset;
            if (key == null || revision <= root.revision()) {
                continue;
            }
            var before = changed.containsKey(key) ? changed.get(key) : root.get(key);
            var event = event(one, key, revision, before);
            if (event != null) {
                events.add(event);
                changed.put(key, event.deleted() ? null : event.entry());
            }
        }
        return events;
    }

    /// The event of a write of this process, which came right after `root`.
    static Event own(OwnWrites.Pending ours, long revision, Root root) {
        var write = ours.write;
        var draft = write.draft();
        var entry = new Entry(write.key(), revision, draft.header(), draft.at(revision));
        ours.seen(entry);
        return new Event(entry, root.get(write.key()), write.delete());
    }

    private @Nullable Event event(
            io.coxswain.etcd.rpc.Event raw, Key key, long revision, @Nullable Entry before) {
        if (raw.getType() == io.coxswain.etcd.rpc.Event.EventType.DELETE) {
            unreadable.remove(key);
            layout.forget(key);
            return before == null ? null : deletion(raw, revision, before);
        }
        var entry = entry(raw.getKv(), key, revision, before);
        if (entry != null) {
            return new Event(entry, before, false);
        }
        // Nobody can be shown what cannot be read, so it is as if it were gone.
        return before == null
                ? null
                : new Event(
                        new Entry(key, revision, before.header(), before.bytes()), before, true);
    }

    private @Nullable Entry entry(KeyValue kv, Key key, long revision, @Nullable Entry before) {
        var expected = before == null ? 0 : before.revision();
        var ours = own.put(kv.getKey(), kv.getValue(), expected);
        var draft = ours == null ? draft(key, kv) : ours.write.draft();
        if (draft == null) {
            unreadable.add(key);
            return null;
        }
        unreadable.remove(key);
        var entry = new Entry(key, revision, draft.header(), draft.at(revision));
        if (ours != null) {
            ours.seen(entry);
        }
        return entry;
    }

    private Event deletion(io.coxswain.etcd.rpc.Event raw, long revision, Entry before) {
        var key = before.key();
        var ours = own.deletion(raw.getKv().getKey(), before.revision());
        var draft = ours == null ? Draft.of(before) : ours.write.draft();
        var entry = new Entry(key, revision, draft.header(), draft.at(revision));
        if (ours != null) {
            ours.seen(entry);
        }
        return new Event(entry, before, true);
    }

    /// The object in a value; null when it cannot be read, which is reported.
    @Nullable Entry loaded(KeyValue kv) {
        var key = places.key(kv.getKey());
        if (key == null) {
            return null;
        }
        var draft = draft(key, kv);
        if (draft == null) {
            unreadable.add(key);
            return null;
        }
        var revision = kv.getModRevision() + offset;
        return new Entry(key, revision, draft.header(), draft.at(revision));
    }

    private @Nullable Draft draft(Key key, KeyValue kv) {
        try {
            return layout.draft(key, kv.getValue().toByteArray());
        } catch (RuntimeException e) {
            LOG.error(
                    "etcd holds something at {} (revision {}) that cannot be read: {}",
                    kv.getKey().toStringUtf8(),
                    kv.getModRevision(),
                    e.getMessage());
            return null;
        }
    }
}
