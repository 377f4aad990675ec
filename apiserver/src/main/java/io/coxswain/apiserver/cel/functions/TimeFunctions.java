package io.coxswain.apiserver.cel.functions;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// The parts of times and durations: `getFullYear`, `getHours`, …
final class TimeFunctions {

    private TimeFunctions() {}

    static Library library() {
        return new Library()
                .function("getFullYear", a -> part(a, ZonedDateTime::getYear))
                .function("getMonth", a -> part(a, time -> time.getMonthValue() - 1))
                .function("getDate", a -> part(a, ZonedDateTime::getDayOfMonth))
                .function("getDayOfMonth", a -> part(a, time -> time.getDayOfMonth() - 1))
                .function("getDayOfYear", a -> part(a, time -> time.getDayOfYear() - 1))
                .function("getDayOfWeek", a -> part(a, time -> time.getDayOfWeek().getValue() % 7))
                .function("getHours", a -> part(a, Duration::toHours, ZonedDateTime::getHour))
                .function("getMinutes", a -> part(a, Duration::toMinutes, ZonedDateTime::getMinute))
                .function("getSeconds", a -> part(a, Duration::toSeconds, ZonedDateTime::getSecond))
                .function(
                        "getMilliseconds",
                        a -> part(a, Duration::toMillis, time -> time.getNano() / 1_000_000));
    }

    private static @Nullable Object part(
            Object[] a, ToLongFunction<Duration> ofLength, ToLongFunction<ZonedDateTime> ofTime) {
        return a[0] instanceof Duration length
                ? (Object) ofLength.applyAsLong(length)
                : part(a, ofTime);
    }

    private static @Nullable Object part(Object[] a, ToLongFunction<ZonedDateTime> part) {
        if (!(a[0] instanceof Instant time)) {
            return null;
        }
        var zone = a.length > 1 && a[1] instanceof String name ? name : "";
        return part.applyAsLong(Durations.in(time, zone));
    }
}
