package io.coxswain.apiserver.cel.functions;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.cel.Bytes;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.CelType;
import io.coxswain.apiserver.cel.Unsigned;
import io.coxswain.apiserver.cel.Values;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// CEL's conversions between types.
final class Conversions {

    private static final double TWO_TO_63 = 0x1p63;
    private static final double TWO_TO_64 = 0x1p64;

    private Conversions() {}

    static Library library() {
        return new Library()
                .function("int", a -> toInt(a[0]))
                .function("uint", a -> toUint(a[0]))
                .function("double", a -> toDouble(a[0]))
                .function("string", a -> toText(a[0]))
                .function("bool", a -> toBool(a[0]))
                .function("bytes", a -> toBytes(a[0]))
                .function("timestamp", a -> toTimestamp(a[0]))
                .function("duration", a -> toDuration(a[0]))
                .function("dyn", a -> a[0])
                .function("type", a -> new CelType(Values.typeName(a[0])));
    }

    private static @Nullable Object toInt(Object a) {
        return switch (a) {
            case Long x -> x;
            case Unsigned(var bits) -> {
                if (bits < 0) {
                    throw new CelFailure("integer overflow");
                }
                yield bits;
            }
            case Double x -> {
                if (x.isNaN() || x >= TWO_TO_63 || x <= -TWO_TO_63) {
                    throw new CelFailure("integer overflow");
                }
                yield (long) x.doubleValue();
            }
            case String text -> number(text, () -> Long.parseLong(text));
            case Instant time -> time.getEpochSecond();
            case Duration length -> length.toNanos();
            default -> null;
        };
    }

    private static @Nullable Object toUint(Object a) {
        return switch (a) {
            case Unsigned x -> x;
            case Long x -> {
                if (x < 0) {
                    throw new CelFailure("unsigned integer overflow");
                }
                yield new Unsigned(x);
            }
            case Double x -> {
                if (x.isNaN() || x < 0 || x >= TWO_TO_64) {
                    throw new CelFailure("unsigned integer overflow");
                }
                var half = (long) (x / 2);
                yield new Unsigned(half * 2 + (long) (x - half * 2.0));
            }
            case String text -> number(text, () -> new Unsigned(Long.parseUnsignedLong(text)));
            default -> null;
        };
    }

    private static @Nullable Object toDouble(Object a) {
        return switch (a) {
            case Double x -> x;
            case Long x -> (double) x;
            case Unsigned x -> x.real();
            case String text -> number(text, () -> Double.parseDouble(text));
            default -> null;
        };
    }

    private static Object number(String text, java.util.function.Supplier<Object> reader) {
        try {
            return reader.get();
        } catch (NumberFormatException e) {
            throw new CelFailure("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }

    static @Nullable Object toText(Object a) {
        return switch (a) {
            case String x -> x;
            case Boolean x -> x.toString();
            case Long x -> x.toString();
            case Unsigned x -> x.toString();
            case Double x -> real(x);
            case Bytes(var bytes) -> decoded(bytes);
            case Instant x -> x.toString();
            case Duration x -> Durations.text(x);
            case Json.Null _ -> "null";
            default -> null;
        };
    }

    /// As Go's `%g` writes it.
    static String real(double x) {
        if (x == Math.rint(x) && Math.abs(x) < 1e21) {
            return new java.math.BigDecimal(x).toPlainString();
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "+Inf" : "-Inf";
        }
        var text = Double.toString(x);
        var e = text.indexOf('E');
        if (e < 0) {
            return text;
        }
        var power = Integer.parseInt(text.substring(e + 1));
        if (power < 0 && power >= -4) {
            return new java.math.BigDecimal(text).toPlainString();
        }
        var digits = text.substring(0, e).replaceFirst("\\.0$", "");
        var sign = power < 0 ? "-" : "+";
        return digits + "e" + sign + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new CelFailure("invalid UTF-8 in bytes, cannot convert to string");
        }
    }

    private static @Nullable Object toBool(Object a) {
        return switch (a) {
            case Boolean x -> x;
            case String text ->
                    switch (text) {
                        case "1", "t", "T", "true", "TRUE", "True" -> true;
                        case "0", "f", "F", "false", "FALSE", "False" -> false;
                        default ->
                                throw new CelFailure(
                                        "strconv.ParseBool: parsing \""
                                                + text
                                                + "\": invalid syntax");
                    };
            default -> null;
        };
    }

    private static @Nullable Object toBytes(Object a) {
        return switch (a) {
            case Bytes x -> x;
            case String text -> Bytes.of(text);
            default -> null;
        };
    }

    private static @Nullable Object toTimestamp(Object a) {
        return switch (a) {
            case Instant x -> x;
            case Long seconds -> Durations.inRange(Instant.ofEpochSecond(seconds));
            case String text -> Durations.timestamp(text);
            default -> null;
        };
    }

    private static @Nullable Object toDuration(Object a) {
        return switch (a) {
            case Duration x -> x;
            case Long nanos -> Duration.ofNanos(nanos);
            case String text -> Durations.parse(text);
            default -> null;
        };
    }
}
