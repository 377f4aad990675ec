package io.coxswain.api.apps;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Values;
import org.jspecify.annotations.Nullable;

/// The rules of the counts in a status: no part is larger than the whole.
record ReplicaCounts(int replicas, FieldErrors errors) {

    void within(int count, String field) {
        if (count > replicas) {
            errors.at(field).invalid(count, "cannot be greater than status.replicas");
        }
    }

    void availableIfReady(int available, int ready) {
        if (available > ready) {
            errors.at("availableReplicas")
                    .invalid(available, "cannot be greater than readyReplicas");
        }
    }

    static void neverDecremented(
            @Nullable Integer old, @Nullable Integer updated, FieldErrors errors) {
        Values.nonNegative(updated, errors);
        if (old != null && (updated == null || updated < old)) {
            errors.invalid(updated == null ? 0 : updated, "cannot be decremented");
        }
    }
}
