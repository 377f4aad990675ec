package io.coxswain.storage.state;

import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Event;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Watch;
import java.util.ArrayList;
import java.util.List;

/// A watch that is a pointer into the history of its resource.
final class Cursor implements Watch {

    private final Timeline timeline;
    private final String resource;
    private final long id;
    private History.Node node;
    private long seen;
    private volatile boolean closed;

    Cursor(Timeline timeline, String resource, long id, History.Node node, long seen) {
        this.timeline = timeline;
        this.resource = resource;
        this.id = id;
        this.node = node;
        this.seen = seen;
    }

    /// Nothing is returned that a snapshot taken before would not show. Changes of one revision are
    /// returned together, even when they are more than `max`.
    @Override
    public List<Event> poll(int max) {
        if (closed) {
            throw new StoreException("the watch is closed");
        }
        var published = timeline.revision();
        var events = new ArrayList<Event>();
        while (true) {
            var next = node.next;
            if (next == null || next.revision > published) {
                seen = Math.max(seen, published);
                break;
            }
            if (events.size() >= max && next.revision != seen) {
                break;
            }
            var event = next.event;
            if (next.gone() || event == null) {
                throw new CompactedException(seen, timeline.compactedRevision());
            }
            events.add(event);
            node = next;
            seen = Math.max(seen, next.revision);
        }
        return events;
    }

    @Override
    public long revision() {
        var published = timeline.revision();
        var next = node.next;
        if (next == null || (!next.gone() && next.revision > published)) {
            return Math.max(seen, published);
        }
        return seen;
    }

    @Override
    public void close() {
        closed = true;
        timeline.forget(resource, id);
    }
}
