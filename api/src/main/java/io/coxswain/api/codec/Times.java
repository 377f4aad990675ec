package io.coxswain.api.codec;

import io.coxswain.api.json.DecodeError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

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
        for (var place = width == 2 ? 10 : width == 4 ? 1000 : 100_000; place > 0; place /= 10) {
            text.append((char) ('0' + number / place % 10));
        }
        return text;
    }

    /// Reads a time; throws [DecodeError] in Go's words.
    public static Instant parse(String text, boolean micros) {
        if (micros && !text.matches(".{19}\\.[0-9]{6}(Z|[+-][0-9]{2}:[0-9]{2})")) {
            throw new DecodeError(complaint(text, true));
        }
        if (text.length() == 20) {
            var plain = plain(text);
            if (plain != null) {
                return plain;
            }
        }
        try {
            var time = OffsetDateTime.parse(text).toInstant();
            return time.truncatedTo(micros ? ChronoUnit.MICROS : ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new DecodeError(complaint(text, micros));
        }
    }

    /// `2026-01-02T03:04:05Z`, the form nearly every time has; null for any other.
    private static @Nullable Instant plain(String text) {
        if (text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':'
                || text.charAt(19) != 'Z') {
            return null;
        }
        var year = number(text, 0, 4);
        var month = number(text, 5, 7);
        var day = number(text, 8, 10);
        var hour = number(text, 11, 13);
        var minute = number(text, 14, 16);
        var second = number(text, 17, 19);
        var date = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
        var clock = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0;
        if (!date || !clock || second >= 60) {
            return null; // Errors, and the ends of months, are left to the library.
        }
        var days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * 86_400 + hour * 3600L + minute * 60L + second);
    }

    /// The digits of a part; negative when it has anything else.
    private static int number(String text, int from, int to) {
        var number = 0;
        for (var i = from; i < to; i++) {
            var digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return Integer.MIN_VALUE;
            }
            number = number * 10 + digit;
        }
        return number;
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
        if (micros && !rest.matches("(?s)\\.[0-9]{6}.*")) {
            return cannot(text, rest, ".000000", true);
        }
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
