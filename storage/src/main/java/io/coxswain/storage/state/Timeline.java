package io.coxswain.storage.state;

import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Event;
import io.coxswain.storage.FutureRevisionException;
import io.coxswain.storage.Key;
import io.coxswain.storage.Snapshot;
import io.coxswain.storage.Watch;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The present state, the events that led to it, and the watches that follow them.
///
/// Events are linked into the history first; the volatile write of the new root then makes them
/// visible to snapshots and watches in the same instant. No reader takes a lock that a writer
/// needs. [#publish] is called by one thread at a time; everything else by any thread.
public final class Timeline {

    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);
    private static final int RECENT_MAX = 16;

    private final ConcurrentHashMap<String, History> histories = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, ConcurrentSkipListMap<Long, Runnable>> wakeUps =
            new ConcurrentHashMap<>();
    private final AtomicLong cursors = new AtomicLong();
    private final Ledger ledger = new Ledger();

    /// Past states that were asked for, by revision: starting points for those asked for next.
    private final NavigableMap<Long, Root> recent = new TreeMap<>();

    private volatile Root root;
    private volatile long compacted;

    /// Starts from `root`, before which there is no history.
    public Timeline(Root root) {
        this.root = root;
        this.compacted = root.revision();
    }

    public Root root() {
        return root;
    }

    public long revision() {
        return root.revision();
    }

    public long compactedRevision() {
        return compacted;
    }

    /// Makes `next`, which is the present root after these events, visible.
    ///
    /// @param nanos when it happened, for compaction by age
    public void publish(List<Event> events, Root next, long nanos) {
        for (var event : events) {
            history(event.entry().key().resource()).append(event);
        }
        ledger.add(events, nanos);
        root = next;
        for (var event : events) {
            var replaced = event.previous();
            if (replaced != null) {
                replaced.forgetForms();
            }
        }
    }

    /// Goes on from `next`, to which no known events lead: every watch has missed something.
    /// Called by the thread that publishes.
    public synchronized void restart(Root next) {
        compacted = next.revision();
        var ended = List.copyOf(histories.values());
        histories.clear();
        ended.forEach(History::end);
        ledger.forget(Long.MAX_VALUE);
        synchronized (recent) {
            recent.clear();
        }
        root = next;
        wakeUps.keySet().forEach(this::wake);
    }

    /// Tells those who watch the resources of these events.
    public void wake(List<Event> events) {
        if (events.size() == 1) {
            wake(events.getFirst().entry().key().resource());
            return;
        }
        var resources = new HashSet<String>();
        for (var event : events) {
            var resource = event.entry().key().resource();
            if (resources.add(resource)) {
                wake(resource);
            }
        }
    }

    private void wake(String resource) {
        var watchers = wakeUps.get(resource);
        if (watchers == null) {
            return;
        }
        for (var wakeUp : watchers.values()) {
            try {
                wakeUp.run();
            } catch (RuntimeException fault) {
                LOG.error("a watcher of {} failed when it was woken", resource, fault);
            }
        }
    }

    /// The state right after `revision`, found by undoing what happened since.
    public Snapshot at(long revision) {
        var present = root;
        check(revision, present.revision());
        if (revision == present.revision()) {
            return present;
        }
        var past = undo(nearest(revision, present), revision);
        check(revision, present.revision());
        synchronized (recent) {
            recent.put(revision, past);
            if (recent.size() > RECENT_MAX) {
                recent.pollFirstEntry();
            }
        }
        return past;
    }

    private Root nearest(long revision, Root present) {
        synchronized (recent) {
            var known = recent.ceilingEntry(revision);
            return known == null ? present : known.getValue();
        }
    }

    /// For each key the first event after `revision` tells what was there before.
    private Root undo(Root later, long revision) {
        if (later.revision() == revision) {
            return later;
        }
        var trees = new TreeMap<>(later.trees());
        for (var history : histories.entrySet()) {
            var tree = later.tree(history.getKey());
            var restored = new HashSet<Key>();
            var node = history.getValue().at(revision);
            for (var next = node.next;
                    next != null && next.revision <= later.revision();
                    next = next.next) {
                var event = next.event;
                if (next.gone() || event == null) {
                    throw new CompactedException(revision, compacted);
                }
                var key = event.entry().key();
                if (restored.add(key)) {
                    var previous = event.previous();
                    tree = previous == null ? tree.remove(key) : tree.put(previous);
                }
            }
            if (tree.size() == 0) {
                trees.remove(history.getKey());
            } else {
                trees.put(history.getKey(), tree);
            }
        }
        return new Root(revision, trees);
    }

    /// Follows `resource` from right after `revision`.
    public Watch watch(String resource, long revision, Runnable wakeUp) {
        check(revision, root.revision());
        var node = history(resource).at(revision);
        check(revision, root.revision());
        var id = cursors.incrementAndGet();
        wakeUps.computeIfAbsent(resource, name -> new ConcurrentSkipListMap<>()).put(id, wakeUp);
        return new Cursor(this, resource, id, node, revision);
    }

    void forget(String resource, long id) {
        var watchers = wakeUps.get(resource);
        if (watchers != null) {
            watchers.remove(id);
        }
    }

    /// Forgets history up to and including `revision`.
    public synchronized void compact(long revision) {
        var present = root.revision();
        if (revision > present) {
            throw new FutureRevisionException(revision, present);
        }
        if (revision <= compacted) {
            return;
        }
        compacted = revision;
        histories.values().forEach(history -> history.cut(revision));
        ledger.forget(revision);
        synchronized (recent) {
            recent.headMap(revision).clear();
        }
    }

    /// Forgets what is beyond these limits.
    public void compact(Limits limits, long nanos) {
        compact(Math.max(compacted, ledger.beyond(limits, nanos)));
    }

    public long historyEvents() {
        return ledger.events();
    }

    public long historyBytes() {
        return ledger.bytes();
    }

    /// How many watches are open.
    public int watches() {
        return wakeUps.values().stream().mapToInt(ConcurrentSkipListMap::size).sum();
    }

    private History history(String resource) {
        var known = histories.get(resource);
        return known != null
                ? known
                : histories.computeIfAbsent(resource, name -> new History(compacted));
    }

    private void check(long revision, long present) {
        if (revision > present) {
            throw new FutureRevisionException(revision, present);
        }
        if (revision < compacted) {
            throw new CompactedException(revision, compacted);
        }
    }
}
