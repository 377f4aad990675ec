package io.coxswain.apiserver.cel.functions;

import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.CelType;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Semantic versions: `semver("1.2.3").isLessThan(semver("2.0.0"))`.
final class SemverFunctions {

    private static final Pattern FORM =
            Pattern.compile(
                    "(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
                            + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?"
                            + "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

    private SemverFunctions() {}

    /// A version; the build after `+` does not count.
    record Version(long major, long minor, long patch, List<String> pre)
            implements Opaque, Comparable<Version> {

        @Override
        public CelType type() {
            return new CelType("kubernetes.Semver");
        }

        @Override
        public int compareTo(Version other) {
            var order = Long.compare(major, other.major);
            order = order != 0 ? order : Long.compare(minor, other.minor);
            order = order != 0 ? order : Long.compare(patch, other.patch);
            return order != 0 ? order : comparePre(other);
        }

        private int comparePre(Version other) {
            if (pre.isEmpty() || other.pre.isEmpty()) {
                return Boolean.compare(pre.isEmpty(), other.pre.isEmpty());
            }
            for (var i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
                var order = comparePart(pre.get(i), other.pre.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(pre.size(), other.pre.size());
        }

        private static int comparePart(String a, String b) {
            var x = number(a);
            var y = number(b);
            if (x && y) {
                return new BigInteger(a).compareTo(new BigInteger(b));
            }
            return x == y ? Integer.signum(a.compareTo(b)) : x ? -1 : 1;
        }

        private static boolean number(String text) {
            return text.chars().allMatch(c -> c >= '0' && c <= '9');
        }
    }

    static Library library() {
        return new Library()
                .declare(
                        "semver(string): Semver",
                        "semver(string, bool): Semver",
                        "isSemver(string): bool",
                        "isSemver(string, bool): bool",
                        "Semver.major(): int",
                        "Semver.minor(): int",
                        "Semver.patch(): int",
                        "Semver.compareTo(Semver): int",
                        "Semver.isGreaterThan(Semver): bool",
                        "Semver.isLessThan(Semver): bool")
                .function("semver", SemverFunctions::semver)
                .function("isSemver", a -> a[0] instanceof String ? read(a) != null : null)
                .function("major", a -> a[0] instanceof Version v ? v.major() : null)
                .function("minor", a -> a[0] instanceof Version v ? v.minor() : null)
                .function("patch", a -> a[0] instanceof Version v ? v.patch() : null)
                .function("compareTo", SemverFunctions::compare)
                .function("isGreaterThan", a -> compare(a) instanceof Long order ? order > 0 : null)
                .function("isLessThan", a -> compare(a) instanceof Long order ? order < 0 : null);
    }

    private static @Nullable Object compare(Object[] a) {
        return a[0] instanceof Version x && a[1] instanceof Version y
                ? (Object) (long) x.compareTo(y)
                : null;
    }

    private static @Nullable Object semver(Object[] a) {
        if (!(a[0] instanceof String text)) {
            return null;
        }
        var version = read(a);
        if (version == null) {
            throw new CelFailure(
                    text.split("\\.", -1).length < 3
                            ? "No Major.Minor.Patch elements found"
                            : "Invalid character(s) found in version \"" + text + "\"");
        }
        return version;
    }

    private static @Nullable Version read(Object[] a) {
        if (!(a[0] instanceof String text)) {
            return null;
        }
        var match =
                FORM.matcher(a.length > 1 && Boolean.TRUE.equals(a[1]) ? normalized(text) : text);
        if (!match.matches()) {
            return null;
        }
        try {
            var pre = match.group(4);
            return new Version(
                    Long.parseLong(match.group(1)),
                    Long.parseLong(match.group(2)),
                    Long.parseLong(match.group(3)),
                    pre == null ? List.of() : List.of(pre.split("\\.")));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /// Without a leading `v`, with three numbers that have no leading zeros.
    private static String normalized(String text) {
        var rest = text.startsWith("v") ? text.substring(1) : text;
        var end = 0;
        while (end < rest.length() && "0123456789.".indexOf(rest.charAt(end)) >= 0) {
            end++;
        }
        var numbers = rest.substring(0, end).split("\\.", -1);
        var out = new StringBuilder();
        for (var i = 0; i < Math.max(3, numbers.length); i++) {
            var number = i < numbers.length ? numbers[i].replaceFirst("^0+(?=\\d)", "") : "0";
            out.append(i == 0 ? "" : ".").append(number);
        }
        return out.append(rest.substring(end)).toString();
    }
}
