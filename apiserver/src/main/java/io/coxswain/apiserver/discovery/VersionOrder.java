package io.coxswain.apiserver.discovery;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How versions of an API are ordered: `v10`, `v2`, `v1`, `v2beta1`, `v1alpha3`, and what is named
/// otherwise by name.
final class VersionOrder {

    private static final Pattern FORM = Pattern.compile("v(\\d{1,9})(?:(alpha|beta)(\\d{1,9}))?");

    /// The most stable and newest first.
    static final Comparator<String> BEST = VersionOrder::compare;

    private VersionOrder() {}

    private static int compare(String a, String b) {
        var left = FORM.matcher(a);
        var right = FORM.matcher(b);
        if (!left.matches() || !right.matches()) {
            var known = Boolean.compare(right.matches(), left.matches());
            return known != 0 ? known : a.compareTo(b);
        }
        var stability = Integer.compare(stability(right), stability(left));
        if (stability != 0) {
            return stability;
        }
        var major = Integer.compare(number(right, 1), number(left, 1));
        return major != 0 ? major : Integer.compare(number(right, 3), number(left, 3));
    }

    private static int stability(Matcher version) {
        var name = version.group(2);
        if (name == null) {
            return 2;
        }
        return name.equals("beta") ? 1 : 0;
    }

    private static int number(Matcher version, int group) {
        var text = version.group(group);
        return text == null ? 0 : Integer.parseInt(text);
    }
}
