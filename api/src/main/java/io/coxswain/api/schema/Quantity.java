package io.coxswain.api.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/// An amount of a resource: `500m`, `2`, `128Mi`, `1e3`. Keeps the text it was read from in
/// canonical form.
///
/// Canonical as upstream's `resource.Quantity`: the largest suffix of the same family with which
/// the number is whole; at most nano precision, rounded up.
public record Quantity(String text) implements Comparable<Quantity> {

    public static final Quantity ZERO = new Quantity("0");

    private static final Pattern EXPONENT = Pattern.compile("[eE][+-]?[0-9]{1,4}");
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    /// The texts read last: a cluster asks for the same few amounts again and again.
    private static final Read[] KNOWN = new Read[1024];

    private record Read(String from, Quantity quantity) {}

    /// Reads a quantity and brings it into canonical form; throws [IllegalArgumentException].
    public static Quantity parse(String text) {
        var slot = text.hashCode() & (KNOWN.length - 1);
        var known = KNOWN[slot];
        if (known != null && known.from.equals(text)) {
            return known.quantity;
        }
        var quantity = canonical(text);
        KNOWN[slot] = new Read(text, quantity);
        return quantity;
    }

    private static Quantity canonical(String text) {
        var amount = amount(text);
        var suffix = text.substring(suffixAt(text));
        if (suffix.endsWith("i")) {
            return binary(amount);
        }
        var exponential = suffix.length() > 1;
        return exponential ? exponent(amount) : decimal(amount);
    }

    /// Where the number ends: behind the sign, the digits and the point.
    private static int suffixAt(String text) {
        var at = 0;
        while (at < text.length() && "+-.0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static BigDecimal amount(String text) {
        var end = suffixAt(text);
        var suffix = text.substring(end);
        try {
            var number = new BigDecimal(text.substring(0, end));
            for (var i = 0; i < DECIMAL.length; i++) {
                if (DECIMAL[i].equals(suffix)) {
                    return number.scaleByPowerOfTen(3 * (i - 3));
                }
            }
            for (var i = 1; i < BINARY.length; i++) {
                if (BINARY[i].equals(suffix)) {
                    return number.multiply(KIBI.pow(i));
                }
            }
            if (EXPONENT.matcher(suffix).matches()) {
                return number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
            }
        } catch (NumberFormatException e) {
            throw malformed();
        }
        throw malformed();
    }

    public static Quantity of(long value) {
        return decimal(BigDecimal.valueOf(value));
    }

    public static Quantity ofMillis(long millis) {
        return decimal(BigDecimal.valueOf(millis, 3));
    }

    /// A number of bytes, written with a binary suffix.
    public static Quantity ofBytes(long bytes) {
        return binary(BigDecimal.valueOf(bytes));
    }

    public BigDecimal amount() {
        return amount(text);
    }

    /// The amount as a whole number, rounded up, held within 64 bits.
    public long value() {
        return clamp(amount().setScale(0, RoundingMode.CEILING));
    }

    /// The amount in thousandths, rounded up, held within 64 bits.
    public long millis() {
        return clamp(amount().scaleByPowerOfTen(3).setScale(0, RoundingMode.CEILING));
    }

    public Quantity plus(Quantity other) {
        var sum = amount().add(other.amount());
        return binaryForm() || (isZero() && other.binaryForm()) ? binary(sum) : decimal(sum);
    }

    public Quantity minus(Quantity other) {
        var difference = amount().subtract(other.amount());
        return binaryForm() ? binary(difference) : decimal(difference);
    }

    public boolean isZero() {
        return amount().signum() == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount().compareTo(other.amount());
    }

    @Override
    public String toString() {
        return text;
    }

    private boolean binaryForm() {
        return text.endsWith("i");
    }

    private static long clamp(BigDecimal whole) {
        var max = BigDecimal.valueOf(Long.MAX_VALUE);
        return whole.min(max).max(max.negate()).longValue();
    }

    private static Quantity decimal(BigDecimal amount) {
        var exact = amount.setScale(9, RoundingMode.UP);
        if (exact.signum() == 0) {
            return ZERO;
        }
        for (var i = DECIMAL.length - 1; i > 0; i--) {
            var scaled = exact.scaleByPowerOfTen(-3 * (i - 3)).stripTrailingZeros();
            if (scaled.scale() <= 0) {
                return new Quantity(scaled.toPlainString() + DECIMAL[i]);
            }
        }
        return new Quantity(exact.scaleByPowerOfTen(9).stripTrailingZeros().toPlainString() + "n");
    }

    private static Quantity binary(BigDecimal amount) {
        // Below 1024 and for fractions the binary family has no suffix of its own.
        if (amount.abs().compareTo(KIBI) < 0 || amount.stripTrailingZeros().scale() > 0) {
            return decimal(amount);
        }
        for (var i = BINARY.length - 1; i > 0; i--) {
            var parts = amount.divideAndRemainder(KIBI.pow(i));
            if (parts[1].signum() == 0 && parts[0].signum() != 0) {
                return new Quantity(parts[0].toBigInteger() + BINARY[i]);
            }
        }
        return new Quantity(amount.toBigInteger().toString());
    }

    private static Quantity exponent(BigDecimal amount) {
        var exact = amount.setScale(9, RoundingMode.UP).stripTrailingZeros();
        if (exact.signum() == 0) {
            return ZERO;
        }
        var power = Math.floorDiv(-exact.scale(), 3) * 3;
        var mantissa = exact.scaleByPowerOfTen(-power).toPlainString();
        return new Quantity(power == 0 ? mantissa : mantissa + "e" + power);
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException(
                "quantities must match the regular expression"
                        + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
}
