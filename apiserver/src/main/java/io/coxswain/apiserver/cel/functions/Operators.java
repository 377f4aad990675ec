package io.coxswain.apiserver.cel.functions;

import io.coxswain.apiserver.cel.Bytes;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.Numbers;
import io.coxswain.apiserver.cel.Unsigned;
import io.coxswain.apiserver.cel.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// CEL's operators. The checker knows them by itself.
final class Operators {

    private Operators() {}

    static Library library() {
        return new Library()
                .function("!_", a -> a[0] instanceof Boolean flag ? !flag : null)
                .function("-_", a -> negate(a[0]))
                .function("_==_", a -> Values.equal(a[0], a[1]))
                .function("_!=_", a -> !Values.equal(a[0], a[1]))
                .function("_<_", a -> compare(a[0], a[1]) < 0)
                .function("_<=_", a -> compare(a[0], a[1]) <= 0)
                .function("_>_", a -> compare(a[0], a[1]) > 0)
                .function("_>=_", a -> compare(a[0], a[1]) >= 0)
                .function("_+_", a -> add(a[0], a[1]))
                .function("_-_", a -> subtract(a[0], a[1]))
                .function("_*_", a -> multiply(a[0], a[1]))
                .function("_/_", a -> divide(a[0], a[1]))
                .function("_%_", a -> remainder(a[0], a[1]))
                .function("@in", a -> in(a[0], a[1]))
                .function("_in_", a -> in(a[0], a[1]));
    }

    static int compare(Object a, Object b) {
        return switch (a) {
            case String x when b instanceof String y -> x.compareTo(y);
            case Boolean x when b instanceof Boolean y -> x.compareTo(y);
            case Bytes x when b instanceof Bytes y -> x.compareTo(y);
            case Instant x when b instanceof Instant y -> x.compareTo(y);
            case Duration x when b instanceof Duration y -> x.compareTo(y);
            case Long _, Double _, Unsigned _ -> Numbers.compare(a, b);
            default -> throw CelFailure.noSuchOverload();
        };
    }

    private static @Nullable Object negate(Object a) {
        return switch (a) {
            case Long x -> exact(() -> Math.negateExact(x));
            case Double x -> -x;
            default -> null;
        };
    }

    static @Nullable Object add(Object a, Object b) {
        return switch (a) {
            case Long x when b instanceof Long y -> exact(() -> Math.addExact(x, y));
            case Double x when b instanceof Double y -> x + y;
            case Unsigned(var x) when b instanceof Unsigned(var y) -> {
                var sum = x + y;
                if (Long.compareUnsigned(sum, x) < 0) {
                    throw overflow("unsigned integer overflow");
                }
                yield new Unsigned(sum);
            }
            case String x when b instanceof String y -> x + y;
            case Bytes x when b instanceof Bytes y -> joined(x, y);
            case List<?> x when b instanceof List<?> y -> {
                var all = new ArrayList<Object>(x);
                all.addAll(y);
                yield all;
            }
            case Instant x when b instanceof Duration y -> shifted(x, y);
            case Duration x when b instanceof Instant y -> shifted(y, x);
            case Duration x when b instanceof Duration y -> x.plus(y);
            default -> null;
        };
    }

    private static @Nullable Object subtract(Object a, Object b) {
        return switch (a) {
            case Long x when b instanceof Long y -> exact(() -> Math.subtractExact(x, y));
            case Double x when b instanceof Double y -> x - y;
            case Unsigned(var x) when b instanceof Unsigned(var y) -> {
                if (Long.compareUnsigned(x, y) < 0) {
                    throw overflow("unsigned integer overflow");
                }
                yield new Unsigned(x - y);
            }
            case Instant x when b instanceof Instant y -> Duration.between(y, x);
            case Instant x when b instanceof Duration y -> shifted(x, y.negated());
            case Duration x when b instanceof Duration y -> x.minus(y);
            default -> null;
        };
    }

    private static @Nullable Object multiply(Object a, Object b) {
        return switch (a) {
            case Long x when b instanceof Long y -> exact(() -> Math.multiplyExact(x, y));
            case Double x when b instanceof Double y -> x * y;
            case Unsigned(var x) when b instanceof Unsigned(var y) -> {
                if (Math.unsignedMultiplyHigh(x, y) != 0) {
                    throw overflow("unsigned integer overflow");
                }
                yield new Unsigned(x * y);
            }
            default -> null;
        };
    }

    private static @Nullable Object divide(Object a, Object b) {
        return switch (a) {
            case Long x when b instanceof Long y -> {
                if (y == 0) {
                    throw new CelFailure("division by zero");
                }
                yield exact(() -> Math.divideExact(x, y));
            }
            case Double x when b instanceof Double y -> x / y;
            case Unsigned(var x) when b instanceof Unsigned(var y) -> {
                if (y == 0) {
                    throw new CelFailure("division by zero");
                }
                yield new Unsigned(Long.divideUnsigned(x, y));
            }
            default -> null;
        };
    }

    private static @Nullable Object remainder(Object a, Object b) {
        return switch (a) {
            case Long x when b instanceof Long y -> {
                if (y == 0) {
                    throw new CelFailure("modulus by zero");
                }
                yield x % y;
            }
            case Unsigned(var x) when b instanceof Unsigned(var y) -> {
                if (y == 0) {
                    throw new CelFailure("modulus by zero");
                }
                yield new Unsigned(Long.remainderUnsigned(x, y));
            }
            default -> null;
        };
    }

    private static @Nullable Object in(Object item, Object all) {
        return switch (all) {
            case List<?> list -> list.stream().anyMatch(other -> Values.equal(item, other));
            case Map<?, ?> map -> Values.lookUp(map, item) != null;
            default -> null;
        };
    }

    private static Bytes joined(Bytes a, Bytes b) {
        var all = new byte[a.size() + b.size()];
        System.arraycopy(a.array(), 0, all, 0, a.size());
        System.arraycopy(b.array(), 0, all, a.size(), b.size());
        return new Bytes(all);
    }

    private static Instant shifted(Instant time, Duration by) {
        try {
            return Durations.inRange(time.plus(by));
        } catch (DateTimeException e) {
            throw overflow("timestamp overflow");
        }
    }

    private static CelFailure overflow(String text) {
        return new CelFailure(text);
    }

    private static Object exact(java.util.function.LongSupplier sum) {
        try {
            return sum.getAsLong();
        } catch (ArithmeticException e) {
            throw overflow("integer overflow");
        }
    }
}
