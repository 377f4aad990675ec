package io.coxswain.api.batch;

/// Indexes as a text: `1,3-5,7`, rising.
final class IndexList {

    private IndexList() {}

    /// How many indexes there are. Throws [IllegalArgumentException] with what is wrong.
    ///
    /// @param completions what every index must be below
    static int count(String text, int completions) {
        if (text.isEmpty()) {
            return 0;
        }
        var total = 0;
        var last = -1;
        for (var part : text.split(",", -1)) {
            var dash = part.indexOf('-');
            if (dash >= 0 && part.indexOf('-', dash + 1) >= 0) {
                throw new IllegalArgumentException(
                        "the fragment \"" + part + "\" violates the requirement that an index"
                                + " interval can have at most two parts separated by '-'");
            }
            var first = number(dash < 0 ? part : part.substring(0, dash), completions);
            if (first <= last) {
                throw new IllegalArgumentException(
                        "non-increasing order, previous: " + last + ", current: " + first);
            }
            last = dash < 0 ? first : number(part.substring(dash + 1), completions);
            if (last < first || (dash >= 0 && last == first)) {
                throw new IllegalArgumentException(
                        "non-increasing order, previous: " + first + ", current: " + last);
            }
            total += last - first + 1;
        }
        return total;
    }

    private static int number(String text, int completions) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "cannot convert string to integer for index: \"" + text + "\"");
        }
        var number = Integer.parseInt(text);
        if (number >= completions) {
            throw new IllegalArgumentException("too large index: \"" + text + "\"");
        }
        return number;
    }
}
