package io.coxswain.controllers.protection;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.storage.VolumeAttributesClass;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Takes the protecting finalizer off an object that is being deleted once nothing uses it.
///
/// @param used whether something uses the object
/// @param with the object with other metadata
public record Protection<R extends Resource>(
        String finalizer, BiPredicate<R, View> used, BiFunction<R, ObjectMeta, R> with)
        implements Controller<R> {

    /// A claim is used by every pod on a node that names it, a volume by the claim it is bound to,
    /// a class by claims and volumes.
    public static List<Registration<?>> all() {
        var claims =
                new Protection<PersistentVolumeClaim>(
                        "kubernetes.io/pvc-protection",
                        Protection::mounted,
                        (claim, meta) -> Edit.with(claim, PersistentVolumeClaim::metadata, meta));
        var volumes =
                new Protection<PersistentVolume>(
                        "kubernetes.io/pv-protection",
                        (volume, view) -> volume.status().phase().equals("Bound"),
                        (volume, meta) -> Edit.with(volume, PersistentVolume::metadata, meta));
        var classes =
                new Protection<VolumeAttributesClass>(
                        "kubernetes.io/vac-protection",
                        Protection::chosen,
                        (type, meta) -> Edit.with(type, VolumeAttributesClass::metadata, meta));
        return List.of(
                Registration.of("pvc-protection", PersistentVolumeClaim.class, claims)
                        .watches(Pod.class, (pod, view) -> claimsOf(pod)),
                Registration.of("pv-protection", PersistentVolume.class, volumes),
                Registration.of("vac-protection", VolumeAttributesClass.class, classes)
                        .watches(
                                PersistentVolumeClaim.class,
                                (claim, view) -> named(claim.spec().volumeAttributesClassName()))
                        .watches(
                                PersistentVolume.class,
                                (volume, view) ->
                                        named(volume.spec().volumeAttributesClassName())));
    }

    @Override
    public Plan reconcile(R object, View view) {
        var meta = object.metadata();
        if (!object.deleting()
                || !meta.finalizers().contains(finalizer)
                || used.test(object, view)) {
            return Plan.NOTHING;
        }
        var rest = meta.finalizers().stream().filter(name -> !name.equals(finalizer)).toList();
        var released = Edit.with(meta, ObjectMeta::finalizers, rest);
        return Plan.of(Step.update(with.apply(object, released)));
    }

    /// A pod that is on no node yet holds nothing.
    private static boolean mounted(PersistentVolumeClaim claim, View view) {
        return view.in(Pod.class, claim.namespace())
                .filter(pod -> !pod.spec().nodeName().isEmpty())
                .flatMap(Protection::claimsOf)
                .anyMatch(name -> name.name().equals(claim.name()));
    }

    private static Stream<NamespacedName> claimsOf(Pod pod) {
        return pod.spec().volumes().stream()
                .map(volume -> {
                    var source = volume.persistentVolumeClaim();
                    if (source != null) {
                        return source.claimName();
                    }
                    return volume.ephemeral() == null ? null : pod.name() + "-" + volume.name();
                })
                .filter(Objects::nonNull)
                .map(name -> new NamespacedName(pod.namespace(), name));
    }

    private static boolean chosen(VolumeAttributesClass type, View view) {
        var claims =
                view.all(PersistentVolumeClaim.class)
                        .map(claim -> claim.spec().volumeAttributesClassName());
        var volumes =
                view.all(PersistentVolume.class)
                        .map(volume -> volume.spec().volumeAttributesClassName());
        return Stream.concat(claims, volumes).anyMatch(type.name()::equals);
    }

    private static Stream<NamespacedName> named(@Nullable String type) {
        return type == null || type.isEmpty()
                ? Stream.empty()
                : Stream.of(new NamespacedName("", type));
    }
}
