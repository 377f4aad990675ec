package io.coxswain.apiserver.cel.functions;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.coxswain.apiserver.cel.CelFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// `matches`, and Kubernetes' `find` and `findAll`.
final class RegexFunctions {

    /// Patterns compiled before, bounded: most expressions bring one constant pattern.
    private static final ConcurrentHashMap<String, Pattern> KNOWN = new ConcurrentHashMap<>();

    private static final int KNOWN_MAX = 1_000;

    private RegexFunctions() {}

    static Library library() {
        return new Library()
                .declare(
                        "string.find(string): string",
                        "string.findAll(string): list<string>",
                        "string.findAll(string, int): list<string>")
                .texts("matches", (a, b) -> pattern((String) b).matcher((String) a).find())
                .texts("find", RegexFunctions::find)
                .function("findAll", RegexFunctions::findAll);
    }

    private static Object find(Object text, Object regex) {
        var matcher = pattern((String) regex).matcher((String) text);
        return matcher.find() ? matcher.group() : "";
    }

    private static @Nullable Object findAll(Object[] a) {
        if (!(a[0] instanceof String text && a[1] instanceof String regex)) {
            return null;
        }
        var most = a.length > 2 && a[2] instanceof Long limit ? limit : -1L;
        var all = new ArrayList<Object>();
        var matcher = pattern(regex).matcher(text);
        while ((most < 0 || all.size() < most) && matcher.find()) {
            all.add(matcher.group());
        }
        return List.copyOf(all);
    }

    static Pattern pattern(String regex) {
        var known = KNOWN.get(regex);
        if (known != null) {
            return known;
        }
        try {
            var compiled = Pattern.compile(regex);
            if (KNOWN.size() < KNOWN_MAX) {
                KNOWN.put(regex, compiled);
            }
            return compiled;
        } catch (PatternSyntaxException e) {
            throw new CelFailure(
                    "error parsing regexp: " + e.getDescription() + ": `" + e.getPattern() + "`");
        }
    }
}
