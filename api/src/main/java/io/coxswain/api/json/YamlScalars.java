package io.coxswain.api.json;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an unquoted YAML scalar means to go-yaml v2: YAML 1.1 with its many booleans and octals.
final class YamlScalars {

    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Map<String, Double> SPECIAL =
            Map.ofEntries(
                    Map.entry(".nan", Double.NaN),
                    Map.entry(".NaN", Double.NaN),
                    Map.entry(".NAN", Double.NaN),
                    Map.entry(".inf", Double.POSITIVE_INFINITY),
                    Map.entry(".Inf", Double.POSITIVE_INFINITY),
                    Map.entry(".INF", Double.POSITIVE_INFINITY),
                    Map.entry("+.inf", Double.POSITIVE_INFINITY),
                    Map.entry("+.Inf", Double.POSITIVE_INFINITY),
                    Map.entry("+.INF", Double.POSITIVE_INFINITY),
                    Map.entry("-.inf", Double.NEGATIVE_INFINITY),
                    Map.entry("-.Inf", Double.NEGATIVE_INFINITY),
                    Map.entry("-.INF", Double.NEGATIVE_INFINITY));
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern BASE_60 =
            Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9]*)?");
    private static final String CLOCK = "[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?";
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
                            + "([Tt]"
                            + CLOCK
                            + "(Z|[+-][0-9]{2}:[0-9]{2})| "
                            + CLOCK
                            + ")?");
    private static final Pattern INTEGER =
            Pattern.compile("([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)");

    private YamlScalars() {}

    /// The value of a scalar written without quotes.
    static Json resolve(String text) {
        if (NULL.contains(text)) {
            return Json.NULL;
        }
        if (TRUE.contains(text)) {
            return Json.of(true);
        }
        if (FALSE.contains(text)) {
            return Json.of(false);
        }
        var special = SPECIAL.get(text);
        if (special != null) {
            return new Json.Real(special);
        }
        var first = text.charAt(0);
        if (!(first == '.' || first == '+' || first == '-' || (first >= '0' && first <= '9'))) {
            return Json.of(text);
        }
        var number = number(text.replace("_", ""));
        // What no float can hold stays a text.
        if (number == null || (number instanceof Json.Real(var real) && !Double.isFinite(real))) {
            return Json.of(text);
        }
        return number;
    }

    private static @Nullable Json number(String text) {
        var integer = INTEGER.matcher(text);
        if (integer.matches()) {
            return whole(integer.group(1), integer.group(2));
        }
        return FLOAT.matcher(text).matches() ? real(Double.parseDouble(text)) : null;
    }

    private static Json whole(String sign, String digits) {
        var prefix = digits.length() > 1 && digits.charAt(0) == '0' ? digits.charAt(1) : ' ';
        var value =
                switch (prefix) {
                    case 'x', 'X' -> new BigInteger(digits.substring(2), 16);
                    case 'b', 'B' -> new BigInteger(digits.substring(2), 2);
                    case 'o', 'O' -> new BigInteger(digits.substring(2), 8);
                    case ' ' -> new BigInteger(digits);
                    default -> new BigInteger(digits, 8);
                };
        var signed = sign.equals("-") ? value.negate() : value;
        return signed.bitLength() < 64 ? Json.of(signed.longValue()) : real(signed.doubleValue());
    }

    /// A float without a fraction becomes a whole number, as its way through JSON makes it.
    private static Json real(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e18
                ? Json.of((long) value)
                : new Json.Real(value);
    }

    /// Whether a string must be quoted to stay a string.
    static boolean ambiguous(String text) {
        return !(resolve(text) instanceof Json.Str)
                || text.equals("<<")
                || BASE_60.matcher(text).matches()
                || TIMESTAMP.matcher(text).matches();
    }
}
