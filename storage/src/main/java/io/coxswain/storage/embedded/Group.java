package io.coxswain.storage.embedded;

import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Event;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import io.coxswain.storage.state.Root;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The writes that become durable together: decides each against the state that those before it
/// will leave, and gives out revisions. Nothing outside is changed.
final class Group {

    private final Root root;
    private final long epochMillis;
    private final Sealing sealing;
    private final List<Change> changes = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();

    /// What the group did to keys so far; null for a deleted object.
    private final Map<Key, @Nullable Entry> pending = new HashMap<>();

    /// The frame that the log will get; encoded while deciding, so that a write that cannot be
    /// encoded fails alone.
    private final Bytes frame;

    Group(Root root, long epochMillis, Sealing sealing, Bytes frame) {
        this.root = root;
        this.epochMillis = epochMillis;
        this.sealing = sealing;
        this.frame = frame;
        frame.clear();
        Frames.start(frame);
    }

    List<Change> changes() {
        return changes;
    }

    List<Event> events() {
        return events;
    }

    long firstRevision() {
        return root.revision() + 1;
    }

    /// Throws when the write cannot be encoded; the group is then as if it had not been asked.
    Write.Outcome decide(Write write) {
        var key = write.key();
        var current = pending.containsKey(key) ? pending.get(key) : root.get(key);
        var revision = current == null ? Write.ABSENT : current.revision();
        if (write.expected() != revision || (write.delete() && current == null)) {
            return new Write.Outcome.Conflict(current);
        }
        var draft = write.draft();
        var next = firstRevision() + events.size();
        var entry = new Entry(key, next, draft.header(), draft.at(next));
        var change = new Change(entry, write.delete(), expiry(write, draft));
        encode(change);
        changes.add(change);
        events.add(new Event(entry, current, write.delete()));
        pending.put(key, write.delete() ? null : entry);
        return new Write.Outcome.Written(entry);
    }

    private Change.@Nullable Expiry expiry(Write write, Draft draft) {
        var ttl = write.timeToLive();
        return ttl == null || write.delete()
                ? null
                : new Change.Expiry(epochMillis + ttl.toMillis(), draft.gap());
    }

    private void encode(Change change) {
        var start = frame.length();
        try {
            Records.encode(change, sealing, frame);
        } catch (RuntimeException fault) {
            frame.cutTo(start);
            throw fault;
        }
    }

    /// Completes the frame.
    Bytes seal(long nonce) {
        Frames.seal(frame, 0, changes.size(), firstRevision(), epochMillis, nonce);
        return frame;
    }

    Root after() {
        return root.after(events);
    }
}
