package io.coxswain.kubelet.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which part of a log is wanted.
///
/// @param tailLines null: all of it
/// @param limitBytes null: no limit
/// @param stream `All`, `Stdout` or `Stderr`
public record LogOptions(
        boolean follow,
        boolean timestamps,
        @Nullable Long tailLines,
        @Nullable Long limitBytes,
        @Nullable Instant since,
        String stream) {

    public static final LogOptions ALL = new LogOptions(false, false, null, null, null, "All");

    boolean wants(LogLine line) {
        if (since != null && line.before(since)) {
            return false;
        }
        return stream.equals("All") || stream.equalsIgnoreCase(line.stream());
    }
}
