package io.coxswain.bench.linear;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Everything that clients did and saw, recorded by many threads.
final class History {

    private final Map<String, List<Call>> calls = new TreeMap<>();
    private final List<Seen.Session> sessions = new ArrayList<>();
    private final List<Seen.Listing> lists = new ArrayList<>();
    private final Map<Long, Long> revisions = new ConcurrentHashMap<>();
    private final List<String> contradictions = new ArrayList<>();

    synchronized void add(String name, Call call) {
        calls.computeIfAbsent(name, any -> new ArrayList<>()).add(call);
    }

    synchronized void add(Seen.Session session) {
        sessions.add(session);
    }

    synchronized void add(Seen.Listing listing) {
        lists.add(listing);
    }

    /// A value belongs to one version, for everybody.
    void version(long value, long revision) {
        var other = revisions.putIfAbsent(value, revision);
        if (other != null && other != revision) {
            synchronized (this) {
                contradictions.add(
                        "value %d has revisions %d and %d".formatted(value, other, revision));
            }
        }
    }

    synchronized int size() {
        return calls.values().stream().mapToInt(List::size).sum();
    }

    synchronized long unknown() {
        return calls.values().stream()
                .flatMap(List::stream)
                .filter(call -> call.result() instanceof Call.Result.Unknown)
                .count();
    }

    synchronized int events() {
        return sessions.stream().mapToInt(session -> session.events().size()).sum();
    }

    /// What is wrong with it; empty when nothing is.
    synchronized List<String> violations() {
        var found = new ArrayList<>(contradictions);
        calls.forEach((name, all) -> {
            var broken = Linearizability.shortestBroken(all);
            if (!broken.isEmpty()) {
                var tail = broken.subList(Math.max(0, broken.size() - 25), broken.size());
                found.add(name + " has no order: …" + tail);
            }
        });
        found.addAll(WatchRules.check(sessions, lists, revisions));
        return found;
    }
}
