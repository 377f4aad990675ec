package io.coxswain.apiserver.cel;

import io.coxswain.apiserver.cel.functions.Opaque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What calls cost while an expression is evaluated, by upstream's rules: a unit each, more where a
/// text or list is gone through.
final class CallCost {

    static final double TEXT = 0.1;
    static final double REGEX = 0.25;
    static final long AUTHORIZATION = 350_000;

    private CallCost() {}

    static long of(String function, Object[] a, @Nullable Object result) {
        return switch (function) {
            case "check" -> AUTHORIZATION;
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> traversal(a[0]);
            case "url",
                    "isURL",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "jsonpatch.escapeKey",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity",
                    "semver",
                    "isSemver",
                    "startsWith",
                    "endsWith",
                    "strings.quote",
                    "format" ->
                    a.length == 0 ? 1 : text(Values.size(a[0]), 1);
            case "ip" -> a[0] instanceof String ? text(Values.size(a[0]), 1) : 1;
            case "replace", "split", "ip.isCanonical" -> text(Values.size(a[0]), 2);
            case "join" -> result == null ? 1 : text(Values.size(result), 2);
            case "find", "findAll", "matches" -> regex(a);
            case "contains" -> text(Values.size(a[0]), 1) * text(Values.size(a[1]), 1);
            case "containsIP" -> contains(a);
            case "containsCIDR" -> contains(a) + text(Values.size(a[0]), 1) + 1;
            case "validate" -> text(Values.size(a[1]), 1);
            case "sets.contains", "sets.intersects" -> traversal(a[0]) * traversal(a[1]);
            case "sets.equivalent" -> 2 * traversal(a[0]) * traversal(a[1]);
            case "@in", "_in_" -> a[1] instanceof List<?> list ? list.size() : 1;
            case "_==_", "_!=_" -> a[0] instanceof Opaque ? 1 : smaller(a);
            case "_<_", "_<=_", "_>_", "_>=_" -> sequence(a[0]) ? smaller(a) : 1;
            case "_+_" -> sequence(a[0]) ? text(Values.size(a[0]) + Values.size(a[1]), 1) : 1;
            case "string" -> a[0] instanceof Bytes ? text(Values.size(a[0]), 1) : 1;
            case "bytes" -> a[0] instanceof String ? text(Values.size(a[0]), 1) : 1;
            default -> 1;
        };
    }

    private static boolean sequence(Object value) {
        return value instanceof String || value instanceof Bytes;
    }

    private static long smaller(Object[] a) {
        return text(Math.min(Values.size(a[0]), Values.size(a[1])), 1);
    }

    private static long text(long size, int times) {
        return (long) Math.ceil(size * times * TEXT);
    }

    private static long traversal(Object value) {
        return sequence(value) ? text(Values.size(value), 1) : Values.size(value);
    }

    private static long regex(Object[] a) {
        var text = (long) Math.ceil((1.0 + Values.size(a[0])) * TEXT);
        var regex = (long) Math.ceil(Values.size(a[1]) * REGEX);
        return text * regex;
    }

    private static long contains(Object[] a) {
        var other = Values.size(a[1]);
        var compare = text(Values.size(a[0]) + other, 1);
        return a[1] instanceof String ? compare + text(other, 1) : compare;
    }
}
