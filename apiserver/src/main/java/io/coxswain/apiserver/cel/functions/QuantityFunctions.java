package io.coxswain.apiserver.cel.functions;

import io.coxswain.api.schema.Quantity;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.CelType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Kubernetes' quantities: `quantity("1.5Gi").isGreaterThan(quantity("1Gi"))`.
final class QuantityFunctions {

    static final String TYPE = "kubernetes.Quantity";

    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);

    private QuantityFunctions() {}

    /// A quantity, equal to another of the same amount.
    record Amount(BigDecimal value) implements Opaque {

        @Override
        public CelType type() {
            return new CelType(TYPE);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Amount(var amount) && value.compareTo(amount) == 0;
        }

        @Override
        public int hashCode() {
            return value.stripTrailingZeros().hashCode();
        }
    }

    static Library library() {
        return new Library()
                .declare(
                        "quantity(string): Quantity",
                        "isQuantity(string): bool",
                        "Quantity.sign(): int",
                        "Quantity.isInteger(): bool",
                        "Quantity.asInteger(): int",
                        "Quantity.asApproximateFloat(): double",
                        "Quantity.add(Quantity): Quantity",
                        "Quantity.add(int): Quantity",
                        "Quantity.sub(Quantity): Quantity",
                        "Quantity.sub(int): Quantity",
                        "Quantity.isGreaterThan(Quantity): bool",
                        "Quantity.isLessThan(Quantity): bool",
                        "Quantity.compareTo(Quantity): int")
                .text("quantity", text -> parse((String) text))
                .text("isQuantity", text -> read((String) text) != null)
                .function("sign", a -> a[0] instanceof Amount(var x) ? (long) x.signum() : null)
                .function("isInteger", a -> a[0] instanceof Amount(var x) ? whole(x) : null)
                .function("asInteger", a -> a[0] instanceof Amount(var x) ? integer(x) : null)
                .function(
                        "asApproximateFloat",
                        a -> a[0] instanceof Amount(var x) ? x.doubleValue() : null)
                .function("add", a -> sum(a, 1))
                .function("sub", a -> sum(a, -1))
                .function("isGreaterThan", a -> compare(a) instanceof Long order ? order > 0 : null)
                .function("isLessThan", a -> compare(a) instanceof Long order ? order < 0 : null)
                .function("compareTo", QuantityFunctions::compare);
    }

    static Amount parse(String text) {
        var amount = read(text);
        if (amount == null) {
            throw new CelFailure(
                    "quantities must match the regular expression"
                            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        return amount;
    }

    private static @Nullable Amount read(String text) {
        try {
            return new Amount(Quantity.parse(text).amount());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean whole(BigDecimal x) {
        return x.stripTrailingZeros().scale() <= 0
                && x.compareTo(LONG_MAX) <= 0
                && x.compareTo(LONG_MIN) >= 0;
    }

    private static long integer(BigDecimal x) {
        if (!whole(x)) {
            throw new CelFailure("cannot convert value to integer");
        }
        return x.setScale(0, RoundingMode.UNNECESSARY).longValue();
    }

    private static @Nullable Object sum(Object[] a, int sign) {
        if (!(a[0] instanceof Amount(var x))) {
            return null;
        }
        var other =
                switch (a[1]) {
                    case Amount(var y) -> y;
                    case Long y -> BigDecimal.valueOf(y);
                    default -> throw CelFailure.noSuchOverload();
                };
        return new Amount(sign > 0 ? x.add(other) : x.subtract(other));
    }

    private static @Nullable Object compare(Object[] a) {
        return a[0] instanceof Amount(var x) && a[1] instanceof Amount(var y)
                ? (Object) (long) x.compareTo(y)
                : null;
    }
}
