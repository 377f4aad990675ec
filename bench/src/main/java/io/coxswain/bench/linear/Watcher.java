package io.coxswain.bench.linear;

import io.coxswain.base.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Follows the objects of a history and comes back at the last revision it saw, whenever its
/// connection ends; now and then it ends it itself.
final class Watcher {

    private static final Duration PAUSE = Duration.ofMillis(15);

    private final Http http;
    private final String path;
    private final History history;
    private final Random random;
    private List<Seen.Event> events = new ArrayList<>();
    private long from;
    private volatile long seen;
    private volatile boolean over;

    /// @param from the revision before the history began
    Watcher(Http http, String path, long from, long seed, History history) {
        this.http = http;
        this.path = path;
        this.from = from;
        this.seen = from;
        this.random = new Random(seed);
        this.history = history;
    }

    /// The last revision it was told of.
    long seen() {
        return seen;
    }

    void stop() {
        over = true;
    }

    void run() {
        while (!over) {
            try {
                connect();
            } catch (IOException | RuntimeException cut) {
                Clock.SYSTEM.pause(PAUSE);
            }
        }
        history.add(new Seen.Session(from, events));
    }

    private void connect() throws IOException {
        var query = "?watch=1&allowWatchBookmarks=true&timeoutSeconds=60&resourceVersion=" + seen;
        var answer = http.follow(path + query);
        try (var lines = answer.body()) {
            if (answer.statusCode() != 200) {
                Clock.SYSTEM.pause(PAUSE);
                return;
            }
            var left = 5 + random.nextInt(120);
            for (var line : (Iterable<String>) lines::iterator) {
                if (over || !take(line) || --left == 0) {
                    return;
                }
            }
        }
    }

    /// False when the watch is to begin anew.
    private boolean take(String line) {
        var type = line.substring(9, line.indexOf('"', 9));
        if (type.equals("ERROR")) {
            if (line.contains("\"code\":410")) {
                anew();
            }
            return false;
        }
        var event =
                type.equals("BOOKMARK")
                        ? new Seen.Event(type, "", 0, Http.revision(line))
                        : new Seen.Event(
                                type, Http.name(line), Http.value(line), Http.revision(line));
        if (event.bookmark() || event.name().startsWith("c")) {
            events.add(event);
        }
        seen = event.revision();
        return true;
    }

    /// History no longer reaches back: what was missed belongs to no session.
    private void anew() {
        history.add(new Seen.Session(from, events));
        try {
            from = http.send("GET", path, null, "").revision();
            seen = from;
            events = new ArrayList<>();
        } catch (IOException later) {
            events = new ArrayList<>(List.of());
        }
    }
}
