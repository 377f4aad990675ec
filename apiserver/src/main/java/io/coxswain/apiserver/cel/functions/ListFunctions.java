package io.coxswain.apiserver.cel.functions;

import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Kubernetes' functions on lists, CEL's `lists` extension and `sets`.
final class ListFunctions {

    private static final int RANGE_MAX = 1_000_000;

    private ListFunctions() {}

    static Library library() {
        var library = new Library();
        for (var type :
                List.of(
                        "int",
                        "uint",
                        "double",
                        "bool",
                        "duration",
                        "timestamp",
                        "string",
                        "bytes")) {
            library.declare(
                    "list<" + type + ">.isSorted(): bool",
                    "list<" + type + ">.min(): " + type,
                    "list<" + type + ">.max(): " + type,
                    "list<" + type + ">.sort(): list<" + type + ">");
        }
        for (var type : List.of("int", "uint", "double", "duration")) {
            library.declare("list<" + type + ">.sum(): " + type);
        }
        return library.declare(
                        "list<T>.indexOf(T): int",
                        "list<T>.lastIndexOf(T): int",
                        "list<T>.slice(int, int): list<T>",
                        "list<T>.flatten(): list<dyn>",
                        "list<T>.flatten(int): list<dyn>",
                        "list<T>.reverse(): list<T>",
                        "list<T>.distinct(): list<T>",
                        "lists.range(int): list<int>",
                        "sets.contains(list<T>, list<T>): bool",
                        "sets.equivalent(list<T>, list<T>): bool",
                        "sets.intersects(list<T>, list<T>): bool")
                .function("isSorted", a -> a[0] instanceof List<?> list ? sorted(list) : null)
                .function(
                        "min", a -> a[0] instanceof List<?> list ? extreme(list, "min", -1) : null)
                .function("max", a -> a[0] instanceof List<?> list ? extreme(list, "max", 1) : null)
                .function("sum", a -> a[0] instanceof List<?> list ? sum(list) : null)
                .function("sort", a -> a[0] instanceof List<?> list ? sort(list) : null)
                .function("indexOf", ListFunctions::indexOf)
                .function("lastIndexOf", ListFunctions::lastIndexOf)
                .function("slice", ListFunctions::slice)
                .function("flatten", ListFunctions::flatten)
                .function("reverse", a -> a[0] instanceof List<?> list ? list.reversed() : null)
                .function("distinct", a -> a[0] instanceof List<?> list ? distinct(list) : null)
                .function("lists.range", ListFunctions::range)
                .function("sets.contains", a -> two(a, ListFunctions::contains))
                .function(
                        "sets.equivalent", a -> two(a, (x, y) -> contains(x, y) && contains(y, x)))
                .function("sets.intersects", a -> two(a, ListFunctions::intersects));
    }

    private static boolean sorted(List<?> list) {
        for (var i = 1; i < list.size(); i++) {
            if (Operators.compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object extreme(List<?> list, String name, int sign) {
        if (list.isEmpty()) {
            throw new CelFailure(name + " called on empty list");
        }
        Object best = list.getFirst();
        for (Object item : list) {
            if (Operators.compare(item, best) * sign > 0) {
                best = item;
            }
        }
        return best;
    }

    private static Object sum(List<?> list) {
        if (list.isEmpty()) {
            return 0L;
        }
        Object sum = list.getFirst();
        for (Object item : list.subList(1, list.size())) {
            var next = Operators.add(sum, item);
            if (next == null) {
                throw CelFailure.noSuchOverload();
            }
            sum = next;
        }
        return sum;
    }

    private static List<Object> sort(List<?> list) {
        var copy = new ArrayList<Object>(list);
        copy.sort(Operators::compare);
        return copy;
    }

    private static @Nullable Object indexOf(Object[] a) {
        if (!(a[0] instanceof List<?> list)) {
            return null;
        }
        for (var i = 0; i < list.size(); i++) {
            if (Values.equal(list.get(i), a[1])) {
                return (long) i;
            }
        }
        return -1L;
    }

    private static @Nullable Object lastIndexOf(Object[] a) {
        if (!(a[0] instanceof List<?> list)) {
            return null;
        }
        for (var i = list.size() - 1; i >= 0; i--) {
            if (Values.equal(list.get(i), a[1])) {
                return (long) i;
            }
        }
        return -1L;
    }

    private static @Nullable Object slice(Object[] a) {
        if (!(a[0] instanceof List<?> list
                && a[1] instanceof Long start
                && a[2] instanceof Long end)) {
            return null;
        }
        if (start < 0 || end < 0) {
            throw new CelFailure(
                    "cannot slice(" + start + ", " + end + "), negative indexes not supported");
        }
        if (start > end) {
            throw new CelFailure(
                    "cannot slice("
                            + start
                            + ", "
                            + end
                            + "), start index must be less than or equal to end index");
        }
        if (end > list.size()) {
            throw new CelFailure(
                    "cannot slice(" + start + ", " + end + "), list is length " + list.size());
        }
        return list.subList(start.intValue(), end.intValue());
    }

    private static @Nullable Object flatten(Object[] a) {
        if (!(a[0] instanceof List<?> list)) {
            return null;
        }
        var depth = a.length > 1 && a[1] instanceof Long given ? given : 1L;
        if (depth < 0) {
            throw new CelFailure("level must be non-negative");
        }
        var all = new ArrayList<Object>();
        flatten(list, depth, all);
        return all;
    }

    private static void flatten(List<?> list, long depth, List<Object> all) {
        for (Object item : list) {
            if (depth > 0 && item instanceof List<?> inner) {
                flatten(inner, depth - 1, all);
            } else {
                all.add(item);
            }
        }
    }

    private static List<Object> distinct(List<?> list) {
        var seen = new ArrayList<Object>();
        for (Object item : list) {
            if (seen.stream().noneMatch(other -> Values.equal(item, other))) {
                seen.add(item);
            }
        }
        return seen;
    }

    private static @Nullable Object range(Object[] a) {
        if (!(a[0] instanceof Long size)) {
            return null;
        }
        if (size > RANGE_MAX) {
            throw new CelFailure("lists.range: size " + size + " is too large");
        }
        var all = new ArrayList<Object>();
        for (var i = 0L; i < size; i++) {
            all.add(i);
        }
        return all;
    }

    private interface Relation {
        boolean holds(List<?> a, List<?> b);
    }

    private static @Nullable Object two(Object[] a, Relation relation) {
        return a[0] instanceof List<?> x && a[1] instanceof List<?> y
                ? (Object) relation.holds(x, y)
                : null;
    }

    private static boolean contains(List<?> all, List<?> some) {
        return some.stream()
                .allMatch(item -> all.stream().anyMatch(other -> Values.equal(item, other)));
    }

    private static boolean intersects(List<?> a, List<?> b) {
        return a.stream().anyMatch(item -> b.stream().anyMatch(other -> Values.equal(item, other)));
    }
}
