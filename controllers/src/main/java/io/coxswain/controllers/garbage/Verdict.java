package io.coxswain.controllers.garbage;

import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// What becomes of an object, seen its owners.
sealed interface Verdict {

    /// It stays as it is.
    record Keep() implements Verdict {}

    /// It stays, but refers to these owners no more: they are gone, another one is not.
    record Disown(List<String> uids) implements Verdict {}

    /// No owner is left: it goes too.
    record Delete(String propagation) implements Verdict {}

    /// All who blocked its end are gone: it may go.
    record Unblock() implements Verdict {}

    /// Its dependents have to go first.
    record AwaitDependents() implements Verdict {}

    /// Its dependents are to forget it, then it may go.
    record Orphan() implements Verdict {}

    /// How an owner is found.
    enum OwnerState {
        ALIVE,
        /// It waits for its dependents to go.
        WAITING,
        GONE
    }

    /// @param blocked whether dependents still block its end
    /// @param hasDependents whether anything refers to it
    /// @param state how each of its owners is
    static Verdict of(
            Observed object,
            boolean blocked,
            boolean hasDependents,
            Function<OwnerReference, OwnerState> state) {
        if (object.orphans()) {
            return new Orphan();
        }
        if (object.waitsForDependents()) {
            return blocked ? new AwaitDependents() : new Unblock();
        }
        if (object.deleting() || object.owners().isEmpty()) {
            return new Keep();
        }
        var alive = 0;
        var waiting = 0;
        var done = new ArrayList<String>();
        for (var owner : object.owners()) {
            switch (state.apply(owner)) {
                case ALIVE -> alive++;
                case WAITING -> {
                    waiting++;
                    done.add(owner.uid());
                }
                case GONE -> done.add(owner.uid());
            }
        }
        if (alive > 0) {
            return done.isEmpty() ? new Keep() : new Disown(List.copyOf(done));
        }
        // What an owner waits for goes the same way, so that nothing below it is left behind.
        return waiting > 0 && hasDependents
                ? new Delete("Foreground")
                : new Delete(propagation(object));
    }

    private static String propagation(Observed object) {
        if (object.finalizers().contains(Observed.ORPHAN)) {
            return "Orphan";
        }
        return object.finalizers().contains(Observed.FOREGROUND) ? "Foreground" : "Background";
    }
}
