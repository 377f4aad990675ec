package io.coxswain.scheduler.plugins;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.api.storage.StorageClass;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import io.coxswain.scheduler.snapshot.NodeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of the claims of a pod: those that have a volume, and those that wait until it is
/// known on which node the volume will be used.
record Claims(
        List<PersistentVolume> bound, List<PersistentVolumeClaim> waiting, @Nullable String flaw) {

    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    private static final String NO_PROVISIONER = "kubernetes.io/no-provisioner";

    private static Claims flawed(String flaw) {
        return new Claims(List.of(), List.of(), flaw);
    }

    static Claims of(Pod pod, ClusterObjects objects) {
        var bound = new ArrayList<PersistentVolume>();
        var waiting = new ArrayList<PersistentVolumeClaim>();
        for (var name : names(pod)) {
            var claim = objects.find(PersistentVolumeClaim.class, pod.namespace(), name);
            if (claim == null) {
                return flawed("persistentvolumeclaim \"" + name + "\" not found");
            }
            if (claim.deleting()) {
                return flawed("persistentvolumeclaim \"" + name + "\" is being deleted");
            }
            if (isBound(claim)) {
                var volume = objects.find(PersistentVolume.class, "", claim.spec().volumeName());
                if (volume == null) {
                    return flawed(
                            "node(s) unavailable due to one or more pvc(s) bound to"
                                    + " non-existent pv(s)");
                }
                bound.add(volume);
            } else if (waits(claim, objects)) {
                waiting.add(claim);
            } else {
                return flawed("pod has unbound immediate PersistentVolumeClaims");
            }
        }
        return new Claims(List.copyOf(bound), List.copyOf(waiting), null);
    }

    boolean none() {
        return flaw == null && bound.isEmpty() && waiting.isEmpty();
    }

    private static List<String> names(Pod pod) {
        var names = new ArrayList<String>();
        for (var volume : pod.spec().volumes()) {
            if (volume.persistentVolumeClaim() != null) {
                names.add(volume.persistentVolumeClaim().claimName());
            } else if (volume.ephemeral() != null) {
                names.add(pod.name() + "-" + volume.name());
            }
        }
        return names;
    }

    private static boolean isBound(PersistentVolumeClaim claim) {
        return !claim.spec().volumeName().isEmpty()
                && claim.metadata().annotations().containsKey(BIND_COMPLETED);
    }

    private static boolean waits(PersistentVolumeClaim claim, ClusterObjects objects) {
        var storageClass = storageClass(claim, objects);
        return storageClass != null
                && "WaitForFirstConsumer".equals(storageClass.volumeBindingMode());
    }

    private static @Nullable StorageClass storageClass(
            PersistentVolumeClaim claim, ClusterObjects objects) {
        var name = claim.spec().storageClassName();
        return name == null || name.isEmpty() ? null : objects.find(StorageClass.class, "", name);
    }

    /// Whether a volume for the claim can be made for the node.
    static boolean provisions(PersistentVolumeClaim claim, NodeInfo node, ClusterObjects objects) {
        var storageClass = storageClass(claim, objects);
        if (storageClass == null || storageClass.provisioner().equals(NO_PROVISIONER)) {
            return false;
        }
        var topologies = storageClass.allowedTopologies();
        return topologies.isEmpty()
                || topologies.stream()
                        .anyMatch(term ->
                                term.matchLabelExpressions().stream()
                                        .allMatch(one -> {
                                            var value = node.labels().get(one.key());
                                            return value != null && one.values().contains(value);
                                        }));
    }

    /// The smallest volume that is free for the claim and can be reached from the node.
    static @Nullable PersistentVolume free(
            PersistentVolumeClaim claim, NodeInfo node, ClusterObjects objects) {
        return objects.in(PersistentVolume.class, "")
                .filter(volume -> suits(volume, claim) && reaches(volume, node))
                .min(Comparator.comparing(Claims::capacity))
                .orElse(null);
    }

    static boolean reaches(PersistentVolume volume, NodeInfo node) {
        var affinity = volume.spec().nodeAffinity();
        return affinity == null
                || affinity.required() == null
                || NodeTerms.of(affinity.required()).match(node);
    }

    private static boolean suits(PersistentVolume volume, PersistentVolumeClaim claim) {
        var owner = volume.spec().claimRef();
        var free =
                owner == null
                        ? volume.status().phase().equals("Available")
                        : owner.namespace().equals(claim.namespace())
                                && owner.name().equals(claim.name());
        var wanted = claim.spec().resources().requests().getOrDefault("storage", Quantity.ZERO);
        var selector = claim.spec().selector();
        return free
                && !volume.deleting()
                && volume.spec().storageClassName().equals(claim.spec().storageClassName())
                && mode(volume.spec().volumeMode()).equals(mode(claim.spec().volumeMode()))
                && volume.spec().accessModes().containsAll(claim.spec().accessModes())
                && capacity(volume).compareTo(wanted) >= 0
                && (selector == null
                        || LabelSelectors.of(selector).matches(volume.metadata().labels()));
    }

    private static Quantity capacity(PersistentVolume volume) {
        return volume.spec().capacity().getOrDefault("storage", Quantity.ZERO);
    }

    private static String mode(@Nullable String mode) {
        return Objects.requireNonNullElse(mode, "Filesystem");
    }
}
