package io.coxswain.client.controller;

import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.Patch;
import org.jspecify.annotations.Nullable;

/// One thing a plan wants done. A value: comparing plans is how controllers are tested.
public sealed interface Step {

    /// Creates an object. That it exists already is no failure when `tolerateExisting`.
    record Create(Resource object, boolean tolerateExisting) implements Step {}

    /// Replaces an object, at the resource version its metadata carries.
    record Update(Resource object) implements Step {}

    /// Replaces an object's status. The runtime skips it when the status is what the view shows.
    record UpdateStatus(Resource object) implements Step {}

    record PatchObject(Class<? extends Resource> type, String namespace, String name, Patch patch)
            implements Step {}

    /// Deletes an object if it still has this UID. That it is gone already is no failure.
    ///
    /// @param propagation `Background`, `Foreground`, `Orphan`, or null for the kind's default
    record Delete(Resource object, @Nullable String propagation) implements Step {}

    /// Deletes an object without waiting for whoever usually confirms the end of its kind.
    record DeleteNow(Resource object) implements Step {}

    /// Tells users what happened, as an Event about `regarding`.
    ///
    /// @param type `Normal` or `Warning`
    record Record(Resource regarding, String type, String reason, String message) implements Step {}

    /// A step whose outcome users hear of as an event about `regarding`: `Successful` + `what`, or
    /// `Failed` + `what`.
    ///
    /// @param done the message, with `%s` for the name that the object got: `Created pod: %s`
    /// @param failed the message, with `%s` for the error: `Error creating: %s`
    record Announced(Step step, Resource regarding, String what, String done, String failed)
            implements Step {}

    static Step create(Resource object) {
        return new Create(object, false);
    }

    static Step update(Resource object) {
        return new Update(object);
    }

    static Step updateStatus(Resource object) {
        return new UpdateStatus(object);
    }

    static Step delete(Resource object) {
        return new Delete(object, null);
    }

    static Step event(Resource regarding, String reason, String message) {
        return new Record(regarding, "Normal", reason, message);
    }

    static Step warning(Resource regarding, String reason, String message) {
        return new Record(regarding, "Warning", reason, message);
    }

    /// Creates a pod for `owner` and says so, as all workload controllers do.
    static Step createPod(Resource owner, Pod pod) {
        return new Announced(create(pod), owner, "Create", "Created pod: %s", "Error creating: %s");
    }

    /// Deletes a pod of `owner` and says so.
    static Step deletePod(Resource owner, Pod pod) {
        return new Announced(delete(pod), owner, "Delete", "Deleted pod: %s", "Error deleting: %s");
    }
}
