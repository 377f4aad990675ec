package io.coxswain.api.columns;

import io.coxswain.api.schema.Resource;
import io.coxswain.base.HumanDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
}
