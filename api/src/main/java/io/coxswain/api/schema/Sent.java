package io.coxswain.api.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Tells an empty list that a client sent (`rules: []`) from one that it left out. Both are equal,
/// and stored alike; who sent one owns the field, and messages quote it as it was sent. For records
/// marked [Told] the same holds for `{}`.
public final class Sent {

    private static final List<Object> EMPTY = Collections.unmodifiableList(new ArrayList<>());

    private Sent() {}

    public static List<Object> emptyList() {
        return EMPTY;
    }

    @SuppressWarnings("ReferenceEquality") // Which instance it is, is all that tells them apart.
    public static boolean isEmptyList(Object value) {
        return value == EMPTY;
    }

    /// Whether a [Told] record stands for a field that nobody sent.
    @SuppressWarnings("ReferenceEquality")
    public static boolean isAbsent(Record value) {
        var type = value.getClass();
        return type.isAnnotationPresent(Told.class) && value == RecordType.of(type).empty();
    }
}
