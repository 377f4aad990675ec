package io.coxswain.apiserver.cel;

import java.util.ArrayList;
import java.util.List;

/// How numbers of different types relate.
public final class Numbers {

    private Numbers() {}

    static boolean equal(Number a, Number b) {
        if (a instanceof Double x && b instanceof Double y) {
            return x.doubleValue() == y.doubleValue();
        }
        if (isNaN(a) || isNaN(b)) {
            return false;
        }
        return compare(a, b) == 0;
    }

    private static boolean isNaN(Number number) {
        return number instanceof Double x && x.isNaN();
    }

    /// Compares `Long`, [Unsigned] and `Double` values.
    public static int compare(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Unsigned x && b instanceof Unsigned y) {
            return x.compareTo(y);
        }
        if (a instanceof Long x && b instanceof Unsigned y) {
            return x < 0 ? -1 : Long.compareUnsigned(x, y.bits());
        }
        if (a instanceof Unsigned && b instanceof Long) {
            return -compare(b, a);
        }
        var x = real(a);
        var y = real(b);
        return x < y ? -1 : x > y ? 1 : 0;
    }

    private static double real(Object number) {
        return switch (number) {
            case Double x -> x;
            case Unsigned x -> x.real();
            case Long x -> (double) x;
            default -> throw CelFailure.noSuchOverload();
        };
    }

    /// The same number as a key of another type.
    static List<Object> sameKeys(Object key) {
        var same = new ArrayList<Object>();
        switch (key) {
            case Long x when x >= 0 -> same.add(new Unsigned(x));
            case Unsigned(var bits) when bits >= 0 -> same.add(bits);
            case Double x when x == Math.rint(x) && Math.abs(x) < 9.2e18 -> {
                same.add((long) x.doubleValue());
                if (x >= 0) {
                    same.add(new Unsigned((long) x.doubleValue()));
                }
            }
            default -> {}
        }
        return same;
    }
}
