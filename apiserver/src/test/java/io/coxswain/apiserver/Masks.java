package io.coxswain.apiserver;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts marks in place of what differs from run to run, the same mark for the same value, and the
/// values back in place of the marks.
final class Masks {

    private static final Pattern UID =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern VERSION =
            Pattern.compile("(resourceVersion(?:\\\\?\")?: ?(?:\\\\?\")?)(\\d+)");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern CONTINUE = Pattern.compile("(continue: )(\\S+)");
    private static final Pattern GENERATED = Pattern.compile("(?<=-)[bcdfghjklmnpqrstvwxz2456789]{5}\\b");
    private static final Pattern MARK = Pattern.compile("<(uid|rv|next|random) \\d+>");

    private final Map<String, String> marks = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    String mask(String text) {
        var masked = UID.matcher(text).replaceAll(found -> mark("uid", found.group()));
        masked = VERSION.matcher(masked).replaceAll(second("rv"));
        masked = CONTINUE.matcher(masked).replaceAll(second("next"));
        masked = GENERATED.matcher(masked).replaceAll(found -> mark("random", found.group()));
        return TIME.matcher(masked).replaceAll("<time>");
    }

    private Function<MatchResult, String> second(String kind) {
        return found -> found.group(1) + mark(kind, found.group(2));
    }

    private String mark(String kind, String value) {
        return marks.computeIfAbsent(
                value, key -> "<" + kind + " " + counts.merge(kind, 1, Integer::sum) + ">");
    }

    /// A request with the values that its marks stand for.
    String unmask(String text) {
        return MARK.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group())));
    }

    private String value(String mark) {
        for (var entry : marks.entrySet()) {
            if (entry.getValue().equals(mark)) {
                return entry.getKey();
            }
        }
        throw new IllegalArgumentException("no answer before this had a " + mark);
    }
}
