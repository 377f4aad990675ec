package io.coxswain.apiserver.cel.functions;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.cel.Bytes;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.CelType;
import io.coxswain.apiserver.cel.Unsigned;
import io.coxswain.apiserver.cel.Values;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// `"%s has %d".format([…])`.
final class TextFormat {

    private final String form;
    private final List<?> values;
    private final StringBuilder out = new StringBuilder();
    private int next;

    private TextFormat(String form, List<?> values) {
        this.form = form;
        this.values = values;
    }

    static String format(String form, List<?> values) {
        var format = new TextFormat(form, values);
        format.run();
        return format.out.toString();
    }

    private void run() {
        var at = 0;
        while (at < form.length()) {
            var c = form.charAt(at++);
            if (c != '%') {
                out.append(c);
                continue;
            }
            if (at < form.length() && form.charAt(at) == '%') {
                out.append('%');
                at++;
                continue;
            }
            var precision = -1;
            if (at < form.length() && form.charAt(at) == '.') {
                var start = ++at;
                while (at < form.length() && Character.isDigit(form.charAt(at))) {
                    at++;
                }
                precision = at == start ? 0 : Integer.parseInt(form.substring(start, at));
            }
            if (at >= form.length()) {
                throw failed("unexpected end of format string");
            }
            out.append(clause(form.charAt(at++), precision));
        }
    }

    private String clause(char verb, int precision) {
        if (next >= values.size()) {
            throw failed("index " + next + " out of range");
        }
        var value = (Object) values.get(next++);
        return switch (verb) {
            case 's' -> text(value);
            case 'd' -> whole(value);
            case 'f' -> fixed(value, precision < 0 ? 6 : precision);
            case 'e' -> scientific(value, precision < 0 ? 6 : precision);
            case 'b' -> binary(value);
            case 'x' -> hex(value);
            case 'X' -> hex(value).toUpperCase(Locale.ROOT);
            case 'o' -> octal(value);
            default -> throw failed("unrecognized formatting clause \"" + verb + "\"");
        };
    }

    static String text(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry -> text(entry.getKey()) + ":" + text(entry.getValue()))
                            .sorted()
                            .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list ->
                    list.stream()
                            .map(item -> text(item))
                            .collect(Collectors.joining(", ", "[", "]"));
            case CelType(var name) -> name;
            case Bytes(var bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case Double x when x.isInfinite() -> x > 0 ? "+Inf" : "-Inf";
            case Json.Null _ -> "null";
            default -> {
                var known = Conversions.toText(value);
                if (known == null) {
                    throw failed(
                            "string clause can only be used on strings, bools, bytes, ints,"
                                    + " doubles, maps, lists, types, durations, and timestamps,"
                                    + " was given "
                                    + Values.typeName(value));
                }
                yield (String) known;
            }
        };
    }

    private static String whole(Object value) {
        return switch (value) {
            case Long _, Unsigned _ -> value.toString();
            case Double x when x.isNaN() || x.isInfinite() -> Conversions.real(x);
            default ->
                    throw failed(
                            "decimal clause can only be used on integers, was given "
                                    + Values.typeName(value));
        };
    }

    private static String fixed(Object value, int precision) {
        var number = real(value, "fixed-point");
        return new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String scientific(Object value, int precision) {
        return String.format(Locale.ROOT, "%." + precision + "e", real(value, "scientific"));
    }

    private static double real(Object value, String clause) {
        return switch (value) {
            case Double x -> x;
            case Long x -> (double) x;
            case Unsigned x -> x.real();
            default ->
                    throw failed(
                            clause
                                    + " clause can only be used on doubles, was given "
                                    + Values.typeName(value));
        };
    }

    private static String binary(Object value) {
        return switch (value) {
            case Long x -> x < 0 ? "-" + Long.toBinaryString(-x) : Long.toBinaryString(x);
            case Unsigned(var x) -> Long.toBinaryString(x);
            case Boolean x -> x ? "1" : "0";
            default ->
                    throw failed(
                            "only integers and bools can be formatted as binary, was given "
                                    + Values.typeName(value));
        };
    }

    private static String hex(Object value) {
        return switch (value) {
            case Long x -> x < 0 ? "-" + Long.toHexString(-x) : Long.toHexString(x);
            case Unsigned(var x) -> Long.toHexString(x);
            case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
            case Bytes(var bytes) -> HexFormat.of().formatHex(bytes);
            default ->
                    throw failed(
                            "only integers, byte buffers, and strings can be formatted as hex, was"
                                    + " given "
                                    + Values.typeName(value));
        };
    }

    private static String octal(Object value) {
        return switch (value) {
            case Long x -> x < 0 ? "-" + Long.toOctalString(-x) : Long.toOctalString(x);
            case Unsigned(var x) -> Long.toOctalString(x);
            default ->
                    throw failed(
                            "octal clause can only be used on integers, was given "
                                    + Values.typeName(value));
        };
    }

    private static CelFailure failed(String text) {
        return new CelFailure("could not parse formatting string: " + text);
    }
}
