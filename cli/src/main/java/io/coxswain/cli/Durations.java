package io.coxswain.cli;

import java.time.Duration;
import java.util.regex.Pattern;

/// Durations as Go writes them.
public final class Durations {

    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]+)(ns|us|µs|ms|s|m|h)");

    private Durations() {}

    /// `90`, `90s`, `1h30m`, `250ms`; throws [IllegalArgumentException] in Go's words.
    public static Duration parse(String text) {
        if (text.matches("-?[0-9]+")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        var negative = text.startsWith("-");
        var parts = PART.matcher(negative ? text.substring(1) : text);
        var end = 0;
        var total = Duration.ZERO;
        while (parts.find() && parts.start() == end) {
            var nanos = Double.parseDouble(parts.group(1)) * unitNanos(parts.group(2));
            total = total.plusNanos(Math.round(nanos));
            end = parts.end();
        }
        if (end == 0 || end != text.length() - (negative ? 1 : 0)) {
            throw new IllegalArgumentException("time: invalid duration \"" + text + "\"");
        }
        return negative ? total.negated() : total;
    }

    private static double unitNanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1e3;
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            default -> 3600e9;
        };
    }

    /// `1h30m0s`, `10s`, `500ms`.
    public static String text(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.toSeconds() == 0) {
            return duration.toMillis() + "ms";
        }
        var text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append('h');
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        text.append(duration.toSecondsPart());
        if (duration.toMillisPart() > 0) {
            text.append(("." + "%03d".formatted(duration.toMillisPart())).replaceAll("0+$", ""));
        }
        return text.append('s').toString();
    }
}
