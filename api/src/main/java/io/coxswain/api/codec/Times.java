package io.coxswain.api.codec;

import io.coxswain.api.json.DecodeError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/// RFC 3339 as Kubernetes writes it: UTC, whole seconds (`Time`) or six decimals (`MicroTime`).
public final class Times {

    /// The parts of Go's layout, each with the number of digits or 0 for a fixed character.
    private static final String[] LAYOUT = {
        "2006", "-", "01", "-", "02", "T", "15", ":", "04", ":", "05"
    };

    private static final String[] RANGES = {"", "month", "day", "hour", "minute", "second"};
    private static final int[] HIGHEST = {9999, 12, 31, 23, 59, 59};

    private Times() {}

    public static String seconds(Instant time) {
        return text(time, false);
    }

    public static String micros(Instant time) {
        return text(time, true);
    }

    private static String text(Instant time, boolean micros) {
        var at = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        var text = new StringBuilder(27);
        digits(text, at.getYear(), 4).append('-');
        digits(text, at.getMonthValue(), 2).append('-');
        digits(text, at.getDayOfMonth(), 2).append('T');
        digits(text, at.getHour(), 2).append(':');
        digits(text, at.getMinute(), 2).append(':');
        digits(text, at.getSecond(), 2);
        if (micros) {
            digits(text.append('.'), at.get(ChronoField.MICRO_OF_SECOND), 6);
        }
        return text.append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder text, int number, int width) {
        var shown = Integer.toString(number);
        return text.repeat("0", Math.max(0, width - shown.length())).append(shown);
    }

    /// Reads a time; throws [DecodeError] in Go's words.
    public static Instant parse(String text, boolean micros) {
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            return time.truncatedTo(micros ? ChronoUnit.MICROS : ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new DecodeError(complaint(text, micros));
        }
    }

    private static String complaint(String text, boolean micros) {
        var at = 0;
        var number = 0;
        for (var part : LAYOUT) {
            var fixed = part.length() == 1;
            var rest = text.substring(Math.min(at, text.length()));
            if (fixed
                    ? !rest.startsWith(part)
                    : !rest.matches("(?s)[0-9]{" + part.length() + "}.*")) {
                return cannot(text, rest, part, micros);
            }
            if (!fixed) {
                var value = Integer.parseInt(rest.substring(0, part.length()));
                if (value > HIGHEST[number] || (value == 0 && (number == 1 || number == 2))) {
                    return "parsing time \"" + text + "\": " + RANGES[number] + " out of range";
                }
                number++;
            }
            at += part.length();
        }
        var rest = text.substring(at);
        return rest.isEmpty() || !rest.matches("(\\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")
                ? cannot(text, rest, "Z07:00", micros)
                : "parsing time \"" + text + "\": day out of range";
    }

    private static String cannot(String text, String rest, String part, boolean micros) {
        return ("parsing time \"%s\" as \"2006-01-02T15:04:05%sZ07:00\":"
                        + " cannot parse \"%s\" as \"%s\"")
                .formatted(text, micros ? ".000000" : "", rest, part);
    }
}
