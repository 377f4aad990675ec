package io.coxswain.apiserver.filters;

import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The `timeout` that a request names, `1m30s` for example.
final class RequestTimeout {

    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)([^0-9.]*)");
    private static final int DIGITS_MAX = 20;

    private RequestTimeout() {}

    /// Throws BadRequest for what is no duration, as Go words it.
    static Duration parse(String text) {
        var sign = text.startsWith("-") ? -1 : 1;
        var rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        var parts = PART.matcher(rest);
        var nanos = BigDecimal.ZERO;
        var end = 0;
        while (end < rest.length() && parts.find(end) && parts.start() == end) {
            var number = parts.group(1);
            if (number.isEmpty() || number.equals(".") || number.length() > DIGITS_MAX) {
                throw bad("invalid duration " + quoted(text));
            }
            if (parts.group(2).isEmpty()) {
                throw bad("missing unit in duration " + quoted(text));
            }
            var unit = nanos(parts.group(2));
            if (unit == null) {
                throw bad(
                        "unknown unit " + quoted(parts.group(2)) + " in duration " + quoted(text));
            }
            nanos = nanos.add(new BigDecimal(number).multiply(unit));
            end = parts.end();
        }
        if (end == 0 || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw bad("invalid duration " + quoted(text));
        }
        return Duration.ofNanos(sign * nanos.longValue());
    }

    private static @Nullable BigDecimal nanos(String unit) {
        return switch (unit) {
            case "ns" -> BigDecimal.ONE;
            case "us", "µs", "μs" -> BigDecimal.valueOf(1_000);
            case "ms" -> BigDecimal.valueOf(1_000_000);
            case "s" -> BigDecimal.valueOf(1_000_000_000);
            case "m" -> BigDecimal.valueOf(60_000_000_000L);
            case "h" -> BigDecimal.valueOf(3_600_000_000_000L);
            default -> null;
        };
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static ApiError bad(String reason) {
        return Errors.badRequest("invalid timeout specified in the request URL - time: " + reason);
    }
}
