package io.coxswain.storage.state;

import io.coxswain.storage.Event;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The events of one resource as a linked list that grows at the end and is cut at the front.
///
/// ```
/// head (revision 40, event forgotten) → 43 → 51 → 60 (tail)
/// ```
/// Whoever holds a node has seen everything up to it and follows `next`. Cutting at 51 makes that
/// node the head and lets 40 and 43 lead to [#GONE]: their holders have missed something, while the
/// holder of 51 has not. One thread appends, one cuts, any thread reads.
final class History {

    /// What a node that was cut off leads to.
    static final Node GONE = new Node(-1, null);

    private static final Node ENDED = new Node(-1, null);

    static {
        ENDED.next = GONE;
    }

    /// Every so many events one is remembered by revision, so that finding a place is a short walk.
    private static final int MARK_EVERY = 128;

    private final ConcurrentSkipListMap<Long, Node> marks = new ConcurrentSkipListMap<>();
    private volatile Node head;
    private Node tail;
    private int sinceMark;
    private volatile boolean ended;

    History(long revision) {
        this.head = new Node(revision, null);
        this.tail = head;
    }

    void append(Event event) {
        var node = new Node(event.revision(), event);
        if (++sinceMark == MARK_EVERY) {
            sinceMark = 0;
            // Before the node can be reached, so that a cut that passes it finds its mark.
            marks.put(node.revision, node);
        }
        tail.next = node;
        tail = node;
    }

    /// The last node that is not behind `revision`. Its caller makes sure that `revision` was not
    /// compacted meanwhile.
    Node at(long revision) {
        var node = walkTo(revision);
        while (node == GONE) {
            if (ended) {
                return ENDED;
            }
            // The start of the walk was cut off under it; the cut is about to show another.
            Thread.onSpinWait();
            node = walkTo(revision);
        }
        return node;
    }

    private Node walkTo(long revision) {
        var mark = marks.floorEntry(revision);
        var node = mark == null ? head : mark.getValue();
        for (var next = node.next; next != null; next = node.next) {
            if (next == GONE) {
                return GONE;
            }
            if (next.revision > revision) {
                break;
            }
            node = next;
        }
        return node;
    }

    /// Forgets the events up to and including `revision`. May run beside [#append].
    void cut(long revision) {
        var node = head;
        for (var next = node.next; next != null && next.revision <= revision; next = node.next) {
            next.event = null;
            node.next = GONE;
            node = next;
            head = node;
        }
        marks.headMap(node.revision).clear();
    }

    /// Nothing is appended any more: whoever holds a node has missed something.
    void end() {
        ended = true;
        tail.next = GONE;
    }

    /// One event and the way to the next.
    static final class Node {
        final long revision;
        @Nullable Event event;
        volatile @Nullable Node next;

        Node(long revision, @Nullable Event event) {
            this.revision = revision;
            this.event = event;
        }

        boolean gone() {
            return revision < 0;
        }
    }
}
