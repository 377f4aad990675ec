package io.coxswain.bench.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What watches promise, checked on everything that all watchers and lists of one history saw:
/// ordered, unique, reliable, atomic, resumable, bookmarkable.
final class WatchRules {

    private final List<String> broken = new ArrayList<>();

    /// What happened, as far as anybody saw: the event of each revision.
    private final TreeMap<Long, Seen.Event> events = new TreeMap<>();

    private WatchRules() {}

    /// The broken rules; empty when all hold.
    ///
    /// @param written the revision of each acknowledged write, by its value
    static List<String> check(
            List<Seen.Session> sessions, List<Seen.Listing> lists, Map<Long, Long> written) {
        var rules = new WatchRules();
        sessions.forEach(rules::order);
        sessions.forEach(rules::agreement);
        sessions.forEach(session -> rules.reliability(session, written));
        rules.types();
        lists.forEach(rules::atomicity);
        return rules.broken;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
        }
    }

    /// Ordered, unique, bookmarkable, resumable: within a session, however often it was cut,
    /// revisions only rise, and nothing comes that a bookmark had claimed.
    private void order(Seen.Session session) {
        var last = session.from();
        for (var event : session.events()) {
            var rises = event.bookmark() ? event.revision() >= last : event.revision() > last;
            require(rises, event + " came after revision " + last);
            last = Math.max(last, event.revision());
        }
    }

    /// All watchers are told the same about a revision.
    private void agreement(Seen.Session session) {
        for (var event : session.events()) {
            if (!event.bookmark()) {
                var other = events.putIfAbsent(event.revision(), event);
                require(other == null || other.equals(event), event + " but also " + other);
            }
        }
    }

    /// Reliable: between the start and the end of a session nothing is missing that another watcher
    /// saw or a writer was told of.
    private void reliability(Seen.Session session, Map<Long, Long> written) {
        if (session.events().isEmpty()) {
            return;
        }
        var end = session.events().getLast().revision();
        var seen = new HashMap<Long, Seen.Event>();
        session.events().stream()
                .filter(event -> !event.bookmark())
                .forEach(event -> seen.put(event.revision(), event));
        events.subMap(session.from(), false, end, true)
                .forEach((revision, event) ->
                        require(seen.containsKey(revision), event + " was not shown"));
        written.forEach((value, revision) -> {
            if (revision > session.from() && revision <= end) {
                var event = seen.get(revision);
                require(
                        event != null && event.value() == value,
                        "the write of %d at revision %d was shown as %s"
                                .formatted(value, revision, event));
            }
        });
    }

    /// An object is added when it was not there, changed or deleted when it was.
    private void types() {
        var present = new HashMap<String, Long>();
        for (var event : events.values()) {
            var there = present.containsKey(event.name());
            var right =
                    switch (event.type()) {
                        case "ADDED" -> !there;
                        case "MODIFIED" -> there;
                        case "DELETED" -> Objects.equals(present.get(event.name()), event.value());
                        default -> false;
                    };
            require(right, event + " when the object was " + present.get(event.name()));
            apply(present, event);
        }
    }

    /// Atomic: a list is the state that exactly the events up to its revision lead to.
    private void atomicity(Seen.Listing list) {
        if (events.isEmpty() || list.revision() > events.lastKey()) {
            return;
        }
        var state = new HashMap<String, Long>();
        events.headMap(list.revision(), true).values().forEach(event -> apply(state, event));
        require(
                state.equals(list.values()),
                "the list at %d is %s and not %s".formatted(list.revision(), list.values(), state));
    }

    private static void apply(Map<String, Long> state, Seen.Event event) {
        if (event.type().equals("DELETED")) {
            state.remove(event.name());
        } else {
            state.put(event.name(), event.value());
        }
    }
}
