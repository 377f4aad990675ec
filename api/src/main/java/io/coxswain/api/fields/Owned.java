package io.coxswain.api.fields;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one manager owns.
///
/// @param apiVersion in which the paths are to be read
/// @param time of the last change; null for a manager that never changed anything
record Owned(FieldSet set, String apiVersion, @Nullable Instant time) {

    Owned with(FieldSet changed) {
        return new Owned(changed, apiVersion, time);
    }

    long seconds() {
        return time == null ? 0 : time.getEpochSecond();
    }
}
