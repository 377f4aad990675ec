package io.coxswain.controllers.job;

import io.coxswain.api.core.Pod;
import java.util.ArrayList;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A set of completion indexes as the API writes it: `1,3-5,7`.
final class Indexes {

    static final String ANNOTATION = "batch.kubernetes.io/job-completion-index";

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,9})(?:-([0-9]{1,9}))?");

    private Indexes() {}

    /// What cannot be read is left out.
    static SortedSet<Integer> parse(String text) {
        var indexes = new TreeSet<Integer>();
        for (var part : text.split(",")) {
            var range = RANGE.matcher(part);
            if (range.matches()) {
                var first = Integer.parseInt(range.group(1));
                var last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
                for (var i = first; i <= last; i++) {
                    indexes.add(i);
                }
            }
        }
        return indexes;
    }

    static String format(SortedSet<Integer> indexes) {
        var ranges = new ArrayList<String>();
        var first = -1;
        var last = -2;
        for (var index : indexes) {
            if (index != last + 1) {
                if (first >= 0) {
                    ranges.add(range(first, last));
                }
                first = index;
            }
            last = index;
        }
        if (first >= 0) {
            ranges.add(range(first, last));
        }
        return String.join(",", ranges);
    }

    /// The index a pod works on; -1 when it has none.
    static int of(Pod pod) {
        var text = pod.metadata().annotations().get(ANNOTATION);
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static String range(int first, int last) {
        if (first == last) {
            return Integer.toString(first);
        }
        return last == first + 1 ? first + "," + last : first + "-" + last;
    }
}
