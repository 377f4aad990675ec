package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.base.Clock;
import io.coxswain.base.HumanDuration;
import io.coxswain.cli.server.Trees;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// When an event happened, and how often: `5m`, `2m (x4 over 10m)`.
public final class EventAge {

    private EventAge() {}

    /// The time by which events are ordered.
    public static String lastSeen(Json.Obj event) {
        var series = Trees.text(event, "series.lastObservedTime");
        if (!series.isEmpty()) {
            return series;
        }
        var last = event.text("lastTimestamp");
        return last.isEmpty() ? event.text("eventTime") : last;
    }

    public static String of(Json.Obj event, Clock clock) {
        var count = Trees.number(event, "series.count", Trees.number(event, "count", 1));
        var first = event.text("firstTimestamp");
        var began = age(first.isEmpty() ? event.text("eventTime") : first, clock);
        return count > 1
                ? age(lastSeen(event), clock) + " (x" + count + " over " + began + ")"
                : began;
    }

    /// How long ago; `<unknown>` when there is no time.
    public static String age(String time, Clock clock) {
        try {
            return time.isEmpty()
                    ? "<unknown>"
                    : HumanDuration.of(Duration.between(Instant.parse(time), clock.now()));
        } catch (DateTimeParseException e) {
            return "<unknown>";
        }
    }
}
