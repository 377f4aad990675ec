package io.coxswain.controllers.statefulset;

import io.coxswain.api.apps.ControllerRevision;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.PersistentVolumeClaimVolumeSource;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.controllers.history.History;
import io.coxswain.controllers.pods.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The pods and claims of a StatefulSet by number.
final class StatefulPods {

    private StatefulPods() {}

    static String name(StatefulSet set, int ordinal) {
        return set.name() + "-" + ordinal;
    }

    /// The number at the end of a pod's name; -1 when it has not the set's name before it.
    static int ordinal(StatefulSet set, Pod pod) {
        var prefix = set.name() + "-";
        var rest = pod.name().startsWith(prefix) ? pod.name().substring(prefix.length()) : "";
        return rest.matches("[0-9]{1,9}") ? Integer.parseInt(rest) : -1;
    }

    static Pod create(StatefulSet set, int ordinal, ControllerRevision revision) {
        var name = name(set, ordinal);
        var pod = Templates.named(Templates.pod(History.template(revision), set), name);
        pod =
                Templates.labelled(
                        pod,
                        Map.of(
                                "statefulset.kubernetes.io/pod-name",
                                name,
                                "apps.kubernetes.io/pod-index",
                                Integer.toString(ordinal),
                                History.HASH,
                                revision.name()));
        return Templates.with(
                pod,
                Edit.of(pod.spec())
                        .set(PodSpec::hostname, name)
                        .set(PodSpec::subdomain, set.spec().serviceName())
                        .set(PodSpec::volumes, volumes(set, ordinal, pod.spec().volumes()))
                        .done());
    }

    static List<PersistentVolumeClaim> claims(StatefulSet set, int ordinal) {
        return set.spec().volumeClaimTemplates().stream()
                .map(template ->
                        new PersistentVolumeClaim(
                                Edit.of(template.metadata())
                                        .set(ObjectMeta::name, claimName(set, ordinal, template))
                                        .set(ObjectMeta::namespace, set.namespace())
                                        .set(
                                                ObjectMeta::labels,
                                                Templates.with(
                                                        template.metadata().labels(),
                                                        set.spec().selector().matchLabels()))
                                        .done(),
                                template.spec(),
                                Edit.of(PersistentVolumeClaim.PersistentVolumeClaimStatus.class)
                                        .done()))
                .toList();
    }

    private static String claimName(StatefulSet set, int ordinal, PersistentVolumeClaim template) {
        return template.name() + "-" + name(set, ordinal);
    }

    /// The template's volumes, those of the claims in place of any with the same name.
    private static List<Volume> volumes(StatefulSet set, int ordinal, List<Volume> template) {
        var volumes = new ArrayList<>(template);
        for (var claim : set.spec().volumeClaimTemplates()) {
            volumes.removeIf(volume -> volume.name().equals(claim.name()));
            volumes.add(
                    Edit.of(Volume.class)
                            .set(Volume::name, claim.name())
                            .set(
                                    Volume::persistentVolumeClaim,
                                    new PersistentVolumeClaimVolumeSource(
                                            claimName(set, ordinal, claim), false))
                            .done());
        }
        return List.copyOf(volumes);
    }
}
