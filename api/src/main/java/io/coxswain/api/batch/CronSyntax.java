package io.coxswain.api.batch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The grammar of a CronJob's schedule: five fields, or one of the names such as `@daily`.
///
/// ```
/// minute hour day-of-month month day-of-week      */15 0-6,22 1 jan-mar mon
/// ```
final class CronSyntax {

    private static final Set<String> NAMED =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    private static final List<String> MONTHS =
            List.of(
                    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                    "dec");
    private static final List<String> DAYS =
            List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private record Field(int min, int max, List<String> names) {}

    private static final List<Field> FIELDS =
            List.of(
                    new Field(0, 59, List.of()),
                    new Field(0, 23, List.of()),
                    new Field(1, 31, List.of()),
                    new Field(1, 12, MONTHS),
                    new Field(0, 6, DAYS));

    private CronSyntax() {}

    /// What is wrong with the schedule, or null.
    static @Nullable String problem(String schedule) {
        if (schedule.startsWith("@")) {
            return NAMED.contains(schedule) || schedule.matches("@every ([0-9.]+(ns|us|ms|s|m|h))+")
                    ? null
                    : "unrecognized descriptor: " + schedule;
        }
        var parts = schedule.strip().split("\\s+");
        if (parts.length != FIELDS.size()) {
            return "expected exactly 5 fields, found %d: [%s]"
                    .formatted(parts.length, String.join(" ", parts));
        }
        for (var i = 0; i < parts.length; i++) {
            for (var range : parts[i].split(",", -1)) {
                var problem = range(range, FIELDS.get(i));
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    private static @Nullable String range(String text, Field field) {
        var parts = text.split("/", -1);
        if (parts.length > 2) {
            return "too many slashes: " + text;
        }
        if (parts.length == 2 && number(parts[1], field) == null) {
            return notANumber(parts[1]);
        }
        if (parts.length == 2 && parts[1].equals("0")) {
            return "step of range should be a positive number: " + text;
        }
        if (parts[0].equals("*") || parts[0].equals("?")) {
            return null;
        }
        var ends = parts[0].split("-", -1);
        if (ends.length > 2) {
            return "too many hyphens: " + text;
        }
        var start = number(ends[0], field);
        var end = ends.length == 2 ? number(ends[1], field) : start;
        if (start == null || end == null) {
            return notANumber(start == null ? ends[0] : ends[1]);
        }
        if (start < field.min()) {
            return "beginning of range (%d) below minimum (%d): %s"
                    .formatted(start, field.min(), text);
        }
        if (end > field.max()) {
            return "end of range (%d) above maximum (%d): %s".formatted(end, field.max(), text);
        }
        return start > end
                ? "beginning of range (%d) beyond end of range (%d): %s".formatted(start, end, text)
                : null;
    }

    private static @Nullable Integer number(String text, Field field) {
        var named = field.names().indexOf(text.toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return named + field.min();
        }
        return text.matches("[0-9]{1,6}") ? Integer.valueOf(text) : null;
    }

    private static String notANumber(String text) {
        return "failed to parse int from %s: strconv.Atoi: parsing \"%s\": invalid syntax"
                .formatted(text, text);
    }
}
