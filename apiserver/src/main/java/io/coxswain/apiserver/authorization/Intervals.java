package io.coxswain.apiserver.authorization;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as configuration files write them: `5m`, `1h30m`, `500ms`.
final class Intervals {

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

    private Intervals() {}

    /// Throws [IllegalArgumentException].
    static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        var total = Duration.ZERO;
        var end = 0;
        var parts = PART.matcher(text);
        while (parts.find() && parts.start() == end) {
            var seconds =
                    switch (parts.group(2)) {
                        case "ms" -> 0.001;
                        case "s" -> 1.0;
                        case "m" -> 60.0;
                        default -> 3600.0;
                    };
            var nanos = Double.parseDouble(parts.group(1)) * seconds * 1e9;
            total = total.plusNanos(Math.round(nanos));
            end = parts.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        return total;
    }
}
