package io.coxswain.apiserver.admission.nodes;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import io.coxswain.apiserver.authorization.EnvironmentReferences;
import org.jspecify.annotations.Nullable;

/// What a node may not put into the pods it shows for those that it runs from files: a pod that
/// names a Secret would make the node one that may read it.
public final class MirrorPods {

    private MirrorPods() {}

    /// What is wrong with who owns the pod; empty for nothing.
    static String problem(Pod pod, String name, @Nullable Node node) {
        var owners = pod.metadata().ownerReferences();
        var who = "node \"" + name + "\" can only create pods with ";
        if (owners.size() > 1) {
            return who + "a single owner reference set to itself";
        }
        if (owners.isEmpty()) {
            return who + "an owner reference set to itself";
        }
        var owner = owners.getFirst();
        if (!owner.apiVersion().equals("v1")
                || !owner.kind().equals("Node")
                || !owner.name().equals(name)) {
            return who + "an owner reference set to itself";
        }
        if (!Boolean.TRUE.equals(owner.controller())) {
            return who + "a controller owner reference set to itself";
        }
        if (Boolean.TRUE.equals(owner.blockOwnerDeletion())) {
            return "node \"" + name + "\" must not set blockOwnerDeletion on an owner reference";
        }
        var uid = node == null ? "" : node.metadata().uid();
        return owner.uid().equals(uid)
                ? ""
                : "node " + name + " UID mismatch: expected " + owner.uid() + " got " + uid;
    }

    /// The plural of something that the pod would have read for it; empty for nothing.
    public static String referenced(Pod pod) {
        var spec = pod.spec();
        if (!spec.imagePullSecrets().isEmpty()
                || EnvironmentReferences.of(spec, "secrets").findAny().isPresent()
                || spec.volumes().stream().anyMatch(MirrorPods::secret)) {
            return "secrets";
        }
        if (EnvironmentReferences.of(spec, "configmaps").findAny().isPresent()
                || spec.volumes().stream().anyMatch(MirrorPods::configMap)) {
            return "configmaps";
        }
        for (var volume : spec.volumes()) {
            if (volume.persistentVolumeClaim() != null || volume.ephemeral() != null) {
                return "persistentvolumeclaims";
            }
            var projected = volume.projected();
            if (projected != null
                    && projected.sources().stream()
                            .anyMatch(source -> source.clusterTrustBundle() != null)) {
                return "clustertrustbundles";
            }
        }
        return spec.resourceClaims().isEmpty() ? "" : "resourceclaims";
    }

    private static boolean secret(Volume volume) {
        var driver = volume.csi();
        var projected = volume.projected();
        return volume.secret() != null
                || (driver != null && driver.nodePublishSecretRef() != null)
                || (projected != null
                        && projected.sources().stream()
                                .anyMatch(source ->
                                        source.secret() != null
                                                || source.serviceAccountToken() != null));
    }

    private static boolean configMap(Volume volume) {
        var projected = volume.projected();
        return volume.configMap() != null
                || (projected != null
                        && projected.sources().stream()
                                .anyMatch(source -> source.configMap() != null));
    }
}
