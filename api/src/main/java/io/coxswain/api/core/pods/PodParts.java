package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What two endpoints of a pod may do that no update may: add ephemeral containers, and give
/// running containers other resources.
public final class PodParts {

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final Set<String> RESIZABLE = Set.of("cpu", "memory");

    private PodParts() {}

    /// The old pod with the new pod's ephemeral containers.
    public static Pod withEphemeralContainers(Pod old, Pod updated) {
        var spec =
                Edit.with(
                        old.spec(),
                        PodSpec::ephemeralContainers,
                        updated.spec().ephemeralContainers());
        return new Pod(metadata(old, updated), spec, old.status());
    }

    /// Nothing else about the pod changes, but who owns what.
    private static ObjectMeta metadata(Pod old, Pod updated) {
        return Edit.with(
                old.metadata(), ObjectMeta::managedFields, updated.metadata().managedFields());
    }

    public static void ephemeralContainers(Pod old, Pod updated, FieldErrors errors) {
        PodValidation.updated(updated, errors);
        if (updated.metadata().annotations().containsKey(MIRROR)) {
            errors.forbidden("static pods do not support ephemeral containers");
            return;
        }
        var at = errors.at("spec").at("ephemeralContainers");
        for (var before : old.spec().ephemeralContainers()) {
            var after =
                    updated.spec().ephemeralContainers().stream()
                            .filter(one -> one.name().equals(before.name()))
                            .findFirst()
                            .orElse(null);
            if (after == null) {
                at.forbidden(
                        "existing ephemeral containers \""
                                + before.name()
                                + "\" may not be removed\n");
            } else if (!after.equals(before)) {
                at.forbidden(
                        "existing ephemeral containers \""
                                + before.name()
                                + "\" may not be changed\n");
            }
        }
    }

    /// The old pod with the resources and resize policies of the new pod's containers.
    public static Pod resized(Pod old, Pod updated) {
        var before = old.spec();
        var after = updated.spec();
        var spec =
                Edit.of(before)
                        .set(PodSpec::containers, resized(before.containers(), after.containers()))
                        .set(
                                PodSpec::initContainers,
                                resized(before.initContainers(), after.initContainers()))
                        .set(PodSpec::resources, after.resources())
                        .done();
        return new Pod(metadata(old, updated), spec, old.status());
    }

    private static List<Container> resized(List<Container> before, List<Container> after) {
        var all = new ArrayList<Container>();
        for (var container : before) {
            var wanted =
                    after.stream()
                            .filter(one -> one.name().equals(container.name()))
                            .findFirst()
                            .orElse(container);
            all.add(
                    Edit.of(container)
                            .set(Container::resources, wanted.resources())
                            .set(Container::resizePolicy, wanted.resizePolicy())
                            .done());
        }
        return all;
    }

    public static void resize(Pod old, Pod updated, FieldErrors errors) {
        PodValidation.updated(updated, errors);
        if (updated.metadata().annotations().containsKey(MIRROR)) {
            errors.forbidden("static pods cannot be resized");
            return;
        }
        var os = old.spec().os();
        if (os != null && os.name().equals("windows")) {
            errors.forbidden("windows pods cannot be resized");
            return;
        }
        var at = errors.at("spec");
        var before = PodResources.qosClass(old.spec());
        var after = PodResources.qosClass(updated.spec());
        if (!before.equals(after)) {
            at.invalid(after, "Pod QOS Class may not change as a result of resizing");
        }
        var kept = removals(old.spec().containers(), updated.spec().containers(), at);
        if (!kept
                || !othersSame(old.spec().containers(), updated.spec().containers())
                || !othersSame(old.spec().initContainers(), updated.spec().initContainers())) {
            at.forbidden("only cpu and memory resources are mutable\n");
        }
    }

    /// Reports requests and limits that are gone; whether nothing but amounts changed.
    private static boolean removals(
            List<Container> before, List<Container> after, FieldErrors errors) {
        for (var i = 0; i < before.size(); i++) {
            var at = errors.at("containers").at(i).at("resources");
            var old = before.get(i).resources();
            var now = after.get(i).resources();
            if (!now.requests().keySet().containsAll(old.requests().keySet())) {
                at.at("requests").forbidden("resource requests cannot be removed");
            }
            if (!now.limits().keySet().containsAll(old.limits().keySet())) {
                at.at("limits").forbidden("resource limits cannot be removed");
            }
        }
        return true;
    }

    private static boolean othersSame(List<Container> before, List<Container> after) {
        for (var i = 0; i < before.size(); i++) {
            var old = others(before.get(i).resources());
            if (!Objects.equals(old, others(after.get(i).resources()))) {
                return false;
            }
        }
        return true;
    }

    private static ResourceRequirements others(ResourceRequirements resources) {
        var requests = new HashMap<>(resources.requests());
        requests.keySet().removeAll(RESIZABLE);
        var limits = new HashMap<>(resources.limits());
        limits.keySet().removeAll(RESIZABLE);
        return Edit.of(resources)
                .set(ResourceRequirements::requests, requests)
                .set(ResourceRequirements::limits, limits)
                .done();
    }
}
