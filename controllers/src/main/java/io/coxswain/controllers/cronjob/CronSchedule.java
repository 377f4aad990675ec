package io.coxswain.controllers.cronjob;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A schedule such as `*/5 9-17 * * mon-fri` or `@daily`.
///
/// A day matches when day of month and day of week match; when both are restricted, either is
/// enough, as cron has always done. Local times that a clock change skips do not happen.
record CronSchedule(
        BitSet minutes,
        BitSet hours,
        BitSet days,
        BitSet months,
        BitSet weekdays,
        boolean anyDay,
        boolean anyWeekday,
        @Nullable Duration every) {

    private static final Map<String, String> NAMED =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");

    private static final List<String> WEEKDAYS =
            List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private static final int YEARS_MAX = 5;

    /// Throws [IllegalArgumentException] for what is no schedule.
    static CronSchedule parse(String text) {
        var trimmed = text.strip();
        if (trimmed.startsWith("@every ")) {
            return every(trimmed.substring(7).strip());
        }
        var fields = NAMED.getOrDefault(trimmed, trimmed).split("\\s+");
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "expected exactly 5 fields, found " + fields.length + ": " + trimmed);
        }
        return new CronSchedule(
                field(fields[0], 0, 59, List.of()),
                field(fields[1], 0, 23, List.of()),
                field(fields[2], 1, 31, List.of()),
                field(fields[3], 1, 12, MONTHS),
                field(fields[4], 0, 6, WEEKDAYS),
                fields[2].startsWith("*") || fields[2].equals("?"),
                fields[4].startsWith("*") || fields[4].equals("?"),
                null);
    }

    /// The first time after `time`; null when there is none for years (31 February).
    @Nullable Instant next(Instant time, ZoneId zone) {
        if (every != null) {
            return time.truncatedTo(ChronoUnit.SECONDS).plus(every);
        }
        var at = time.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        var end = at.plusYears(YEARS_MAX);
        while (at.isBefore(end)) {
            if (!months.get(at.getMonthValue())) {
                at = at.plusMonths(1).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
            } else if (!day(at)) {
                at = at.plusDays(1).truncatedTo(ChronoUnit.DAYS);
            } else if (!hours.get(at.getHour())) {
                at = at.plusHours(1).truncatedTo(ChronoUnit.HOURS);
            } else if (!minutes.get(at.getMinute())) {
                at = at.plusMinutes(1);
            } else {
                return at.toInstant();
            }
        }
        return null;
    }

    private boolean day(ZonedDateTime at) {
        var byDay = days.get(at.getDayOfMonth());
        var byWeekday = weekdays.get(at.getDayOfWeek().getValue() % 7);
        return (anyDay || anyWeekday) ? (byDay && byWeekday) : (byDay || byWeekday);
    }

    private static CronSchedule every(String text) {
        var duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
        var none = new BitSet();
        return new CronSchedule(none, none, none, none, none, true, true, duration);
    }

    private static BitSet field(String text, int min, int max, List<String> names) {
        var set = new BitSet(max + 1);
        for (var part : text.split(",")) {
            var slash = part.split("/", 2);
            var step = slash.length == 2 ? number(slash[1], 1, max, List.of()) : 1;
            var first = min;
            var last = max;
            if (!slash[0].equals("*") && !slash[0].equals("?")) {
                var ends = slash[0].split("-", 2);
                first = number(ends[0], min, max, names);
                if (ends.length == 2) {
                    last = number(ends[1], min, max, names);
                } else if (slash.length == 1) {
                    last = first;
                }
            }
            if (first > last) {
                throw new IllegalArgumentException(
                        "beginning of range ("
                                + first
                                + ") beyond end of range ("
                                + last
                                + "): "
                                + part);
            }
            for (var value = first; value <= last; value += step) {
                set.set(value);
            }
        }
        return set;
    }

    private static int number(String text, int min, int max, List<String> names) {
        var named = names.indexOf(text.toLowerCase(Locale.ROOT));
        var value = named >= 0 ? named + min : parseInt(text);
        // Seven is Sunday too.
        if (names.equals(WEEKDAYS) && value == 7) {
            value = 0;
        }
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    value < min
                            ? "beginning of range ("
                                    + value
                                    + ") below minimum ("
                                    + min
                                    + "): "
                                    + text
                            : "end of range (" + value + ") above maximum (" + max + "): " + text);
        }
        return value;
    }

    private static int parseInt(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("failed to parse int from " + text, e);
        }
    }
}
