package io.coxswain.base;

import java.time.Duration;

/// Writes a duration as people read it: the two most telling units at most.
///
/// `45s`, `3m20s`, `25m`, `3h12m`, `12h`, `2d5h`, `30d`, `2y45d`, `9y`. Negative by more than a
/// second is `<invalid>`; a little negative (clocks differ) is `0s`.
public final class HumanDuration {

    private HumanDuration() {}

    public static String of(Duration duration) {
        // Whole seconds towards zero, so that a clock half a second behind gives 0 and not -1.
        var seconds = duration.toMillis() / 1000;
        if (seconds < -1) {
            return "<invalid>";
        }
        if (seconds < 0) {
            return "0s";
        }
        if (seconds < 120) {
            return seconds + "s";
        }
        var minutes = seconds / 60;
        if (minutes < 10) {
            return two(minutes, "m", seconds % 60, "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        var hours = minutes / 60;
        if (hours < 8) {
            return two(hours, "h", minutes % 60, "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        var days = hours / 24;
        if (days < 8) {
            return two(days, "d", hours % 24, "h");
        }
        if (days < 365 * 2) {
            return days + "d";
        }
        var years = days / 365;
        return years < 8 ? two(years, "y", days % 365, "d") : years + "y";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
