package io.coxswain.apiserver.cel.functions;

import io.coxswain.apiserver.cel.CelFailure;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;

/// Times and durations as expressions read and write them.
public final class Durations {

    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)(ns|us|µs|ms|s|m|h)");
    private static final Pattern WHOLE =
            Pattern.compile("[-+]?(?:0|(?:[0-9]*\\.?[0-9]*(?:ns|us|µs|ms|s|m|h))+)");
    private static final Pattern OFFSET = Pattern.compile("([+-]?)([0-9]{1,2}):([0-9]{2})");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Durations() {}

    /// Reads a duration as Go writes it: `1h30m`, `1.5s`.
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw invalid(text);
        }
        var nanos = BigDecimal.ZERO;
        var parts = PART.matcher(text);
        while (parts.find()) {
            try {
                nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(unit(parts.group(2))));
            } catch (NumberFormatException e) {
                throw invalid(text);
            }
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw invalid(text);
        }
        var length = Duration.ofNanos(nanos.longValue());
        return text.startsWith("-") ? length.negated() : length;
    }

    /// As CEL's `string(duration)` writes it: seconds.
    public static String text(Duration duration) {
        var seconds =
                BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9))
                        .stripTrailingZeros();
        return seconds.toPlainString() + "s";
    }

    public static Instant timestamp(String text) {
        try {
            return inRange(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            try {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            } catch (DateTimeException notADate) {
                throw new CelFailure("invalid timestamp \"" + text + "\"");
            }
        }
    }

    static Instant inRange(Instant time) {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new CelFailure("timestamp overflow");
        }
        return time;
    }

    static ZonedDateTime in(Instant time, String zone) {
        var offset = OFFSET.matcher(zone);
        if (offset.matches()) {
            var sign = offset.group(1).equals("-") ? -1 : 1;
            var hours = Integer.parseInt(offset.group(2));
            var minutes = Integer.parseInt(offset.group(3));
            return time.atZone(ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes));
        }
        try {
            return time.atZone(zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw new CelFailure("unknown time zone " + zone);
        }
    }

    private static CelFailure invalid(String text) {
        return new CelFailure("time: invalid duration \"" + text + "\"");
    }

    private static BigDecimal unit(String name) {
        return BigDecimal.valueOf(
                switch (name) {
                    case "ns" -> 1L;
                    case "us", "µs" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    default -> 3_600_000_000_000L;
                });
    }
}
