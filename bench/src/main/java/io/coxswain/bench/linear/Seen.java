package io.coxswain.bench.linear;

import java.util.List;
import java.util.Map;

/// What readers were shown of several objects.
sealed interface Seen {

    /// One event of a watch. A bookmark has neither name nor value.
    record Event(String type, String name, long value, long revision) implements Seen {
        boolean bookmark() {
            return type.equals("BOOKMARK");
        }
    }

    /// Everything one watcher was shown after `from`, over all its connections.
    record Session(long from, List<Event> events) implements Seen {}

    /// A list: the value of each object by name.
    record Listing(long revision, Map<String, Long> values) implements Seen {}
}
