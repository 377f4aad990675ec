package io.coxswain.api.columns;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Resource;
import io.coxswain.base.HumanDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the cells of many kinds are made of.
public final class Cells {

    static final String NONE = "<none>";
    static final String UNKNOWN = "<unknown>";
    static final String UNSET = "<unset>";

    private Cells() {}

    /// Name and creation time.
    public static List<@Nullable Object> standard(Resource object, Instant now) {
        return row(object.name(), created(object));
    }

    /// Name and age.
    public static List<@Nullable Object> nameAndAge(Resource object, Instant now) {
        return row(object.name(), age(object, now));
    }

    static List<@Nullable Object> row(@Nullable Object... cells) {
        return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(cells)));
    }

    static String created(Resource object) {
        var time = object.metadata().creationTimestamp();
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String age(Resource object, Instant now) {
        return since(object.metadata().creationTimestamp(), now);
    }

    static String since(@Nullable Instant time, Instant now) {
        return time == null ? UNKNOWN : HumanDuration.of(Duration.between(time, now));
    }

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    static String orUnset(@Nullable Object value) {
        return value == null ? UNSET : value.toString();
    }

    static String flag(@Nullable Boolean value) {
        if (value == null) {
            return UNSET;
        }
        return value ? "True" : "False";
    }

    /// `a=b,c=d`, sorted.
    static String labels(Map<String, String> labels) {
        var pairs =
                new TreeMap<>(labels).entrySet().stream().map(e -> e.getKey() + "=" + e.getValue());
        return orNone(pairs.collect(Collectors.joining(",")));
    }

    /// `a=b,c in (d,e),!f`.
    static String selector(@Nullable LabelSelector selector) {
        if (selector == null) {
            return NONE;
        }
        var rules = new TreeMap<String, String>();
        selector.matchLabels().forEach((key, value) -> rules.put(key, key + "=" + value));
        for (var rule : selector.matchExpressions()) {
            var values = "(" + String.join(",", rule.values().stream().sorted().toList()) + ")";
            rules.put(
                    rule.key() + " " + rule.operator(),
                    switch (rule.operator()) {
                        case "In" -> rule.key() + " in " + values;
                        case "NotIn" -> rule.key() + " notin " + values;
                        case "Exists" -> rule.key();
                        default -> "!" + rule.key();
                    });
        }
        return orNone(String.join(",", rules.values()));
    }

    static String containers(PodSpec spec) {
        return spec.containers().stream().map(Container::name).collect(Collectors.joining(","));
    }

    static String images(PodSpec spec) {
        return spec.containers().stream().map(Container::image).collect(Collectors.joining(","));
    }

    /// At most three items, and how many are left.
    static String firstThree(List<String> items) {
        var text = items.stream().limit(3).collect(Collectors.joining(","));
        return items.size() > 3 ? text + " + " + (items.size() - 3) + " more..." : text;
    }
}
