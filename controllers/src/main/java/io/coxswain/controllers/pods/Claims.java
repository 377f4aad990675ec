package io.coxswain.controllers.pods;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.client.Patch;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Selection;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which objects an owner controls by its selector. Orphans that match are adopted; controlled
/// objects that match no longer are released.
///
/// @param owned what the owner controls once the steps are done, in name order
/// @param steps the adoptions and releases
public record Claims<R extends Resource>(List<R> owned, List<Step> steps) {

    /// @param adoptable which orphans may be adopted
    public static <R extends Resource> Claims<R> of(
            Resource owner,
            LabelSelector selector,
            Class<R> type,
            View view,
            Predicate<R> adoptable) {
        var selection = Selection.of(selector);
        var owned = new ArrayList<R>();
        var steps = new ArrayList<Step>();
        view.in(type, owner.namespace())
                .forEach(object -> {
                    var controller = Owners.controller(object);
                    if (controller == null) {
                        if (!owner.deleting()
                                && !object.deleting()
                                && adoptable.test(object)
                                && selection.matches(object.metadata().labels())) {
                            owned.add(object);
                            steps.add(adopt(owner, object));
                        }
                        return;
                    }
                    if (!controller.uid().equals(owner.uid())) {
                        return;
                    }
                    if (selection.matches(object.metadata().labels())) {
                        owned.add(object);
                    } else if (!owner.deleting()) {
                        steps.add(release(owner, object));
                    }
                });
        return new Claims<>(List.copyOf(owned), List.copyOf(steps));
    }

    /// Wakes the owner of a changed object, or all that might adopt it.
    public static <T extends Resource, R extends Resource>
            BiFunction<R, View, Stream<NamespacedName>> keys(
                    Class<T> type, Function<T, LabelSelector> selector) {
        var kind = ResourceKind.of(type).kind();
        return (object, view) -> {
            var controller = Owners.controller(object);
            if (controller != null) {
                return controller.kind().equals(kind)
                        ? Stream.of(new NamespacedName(object.namespace(), controller.name()))
                        : Stream.empty();
            }
            return view.in(type, object.namespace())
                    .filter(owner -> {
                        var selection = Selection.of(selector.apply(owner));
                        return !selection.empty() && selection.matches(object.metadata().labels());
                    })
                    .map(NamespacedName::of);
        };
    }

    private static Step adopt(Resource owner, Resource object) {
        var reference = Owners.controlledBy(owner);
        var fields = new LinkedHashMap<String, Json>();
        fields.put("apiVersion", Json.of(reference.apiVersion()));
        fields.put("kind", Json.of(reference.kind()));
        fields.put("name", Json.of(reference.name()));
        fields.put("uid", Json.of(reference.uid()));
        fields.put("controller", Json.of(true));
        fields.put("blockOwnerDeletion", Json.of(true));
        return patch(object, fields);
    }

    private static Step release(Resource owner, Resource object) {
        return patch(object, Map.of("$patch", Json.of("delete"), "uid", Json.of(owner.uid())));
    }

    /// The UID makes sure that a namesake is left alone.
    private static Step patch(Resource object, Map<String, Json> reference) {
        var metadata =
                Json.object(
                        Map.of(
                                "uid", Json.of(object.uid()),
                                "ownerReferences", Json.array(List.of(Json.object(reference)))));
        return new Step.PatchObject(
                object.getClass(),
                object.namespace(),
                object.name(),
                Patch.strategic(Json.object(Map.of("metadata", metadata))));
    }
}
