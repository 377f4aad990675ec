package io.coxswain.api.codec;

import org.jspecify.annotations.Nullable;

/// A value of the wrong JSON type; learns its path on the way up.
final class Mismatch extends RuntimeException {

    private final String found;
    private final String goType;
    private @Nullable String struct;
    private String path = "";

    Mismatch(String found, String goType) {
        super(null, null, false, false);
        this.found = found;
        this.goType = goType;
    }

    /// Adds the field of `owner` that held the value. Lists and maps add nothing, as in Go.
    Mismatch under(String owner, String field) {
        if (struct == null) {
            struct = owner;
            path = field;
        } else {
            path = field + "." + path;
        }
        return this;
    }

    String text() {
        return struct == null
                ? "json: cannot unmarshal " + found + " into Go value of type " + goType
                : "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
                        .formatted(found, struct, path, goType);
    }
}
