package io.coxswain.api.fields;

import io.coxswain.api.meta.Status.StatusCause;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// A field that one manager wants to change and another owns.
record Conflict(Manager owner, String path) {

    static List<Conflict> of(SortedMap<Manager, FieldSet> wanted) {
        var conflicts = new ArrayList<Conflict>();
        wanted.forEach((owner, set) ->
                set.forEach(path -> conflicts.add(new Conflict(owner, Element.path(path)))));
        return conflicts;
    }

    /// The 409 that names every field and its owner.
    static ApiError error(List<Conflict> conflicts) {
        var causes =
                conflicts.stream()
                        .map(c ->
                                new StatusCause(
                                        "FieldManagerConflict", "conflict with " + c.owner, c.path))
                        .toList();
        return Errors.of(
                409, "Conflict", message(conflicts), new StatusDetails("", "", "", "", causes, 0));
    }

    private static String message(List<Conflict> conflicts) {
        if (conflicts.size() == 1) {
            var only = conflicts.getFirst();
            return "Apply failed with 1 conflict: conflict with " + only.owner + ": " + only.path;
        }
        Map<Manager, List<Conflict>> byOwner =
                conflicts.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Conflict::owner,
                                        java.util.TreeMap::new,
                                        Collectors.toList()));
        var parts = new ArrayList<String>();
        byOwner.forEach((owner, list) ->
                parts.add(
                        "conflicts with "
                                + owner
                                + ":"
                                + list.stream()
                                        .map(c -> "\n- " + c.path)
                                        .collect(Collectors.joining())));
        return "Apply failed with " + conflicts.size() + " conflicts: " + String.join("\n", parts);
    }
}
