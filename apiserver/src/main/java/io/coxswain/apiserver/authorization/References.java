package io.coxswain.apiserver.authorization;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import io.coxswain.api.resource.ResourceSlice;
import io.coxswain.api.storage.VolumeAttachment;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Store;
import java.util.function.Predicate;

/// Whether a node needs an object: because a pod on it names it, or something such a pod names
/// does. Pods are found by the node in their header, without being decoded.
final class References {

    private final Store store;
    private final Catalog catalog;

    References(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    boolean reach(String node, String resource, String namespace, String name) {
        return switch (resource) {
            case "pods" -> anyPod(node, namespace, pod -> pod.name().equals(name));
            case "secrets" ->
                    anyPod(node, namespace, pod -> PodReferences.secret(pod, name))
                            || anyVolumeSecret(node, namespace, name);
            case "configmaps" -> anyPod(node, namespace, pod -> PodReferences.configMap(pod, name));
            case "serviceaccounts" ->
                    anyPod(node, namespace, pod -> pod.spec().serviceAccountName().equals(name));
            case "persistentvolumeclaims" -> anyPod(node, namespace, pod -> claims(pod, name));
            case "persistentvolumes" -> volume(node, name);
            case "volumeattachments" -> attachment(node, name);
            case "resourceclaims" ->
                    anyPod(node, namespace, pod -> PodReferences.resourceClaim(pod, name));
            case "resourceslices" -> slice(node, name);
            default -> false;
        };
    }

    private boolean slice(String node, String name) {
        var kind = catalog.of(ResourceSlice.class);
        var entry = store.snapshot().get(kind.key("", name));
        return entry != null && node.equals(kind.object(entry).spec().nodeName());
    }

    private boolean attachment(String node, String name) {
        var kind = catalog.of(VolumeAttachment.class);
        var entry = store.snapshot().get(kind.key("", name));
        return entry != null && kind.object(entry).spec().nodeName().equals(node);
    }

    /// A volume is reached through the claim that is bound to it.
    private boolean volume(String node, String name) {
        var kind = catalog.of(PersistentVolume.class);
        var entry = store.snapshot().get(kind.key("", name));
        var claim = entry == null ? null : kind.object(entry).spec().claimRef();
        return claim != null && anyPod(node, claim.namespace(), pod -> claims(pod, claim.name()));
    }

    private static boolean claims(Pod pod, String name) {
        return pod.spec().volumes().stream().anyMatch(volume -> claims(pod, volume, name));
    }

    private static boolean claims(Pod pod, Volume volume, String name) {
        var claim = volume.persistentVolumeClaim();
        return (claim != null && claim.claimName().equals(name))
                || (volume.ephemeral() != null && name.equals(pod.name() + "-" + volume.name()));
    }

    /// The Secrets that the driver of a claimed volume needs on the node.
    private boolean anyVolumeSecret(String node, String namespace, String name) {
        var claims = catalog.of(PersistentVolumeClaim.class);
        var volumes = store.snapshot().list("persistentvolumes", "", null);
        var kind = catalog.of(PersistentVolume.class);
        while (volumes.hasNext()) {
            var volume = kind.object(volumes.next());
            var claim = volume.spec().claimRef();
            if (claim != null
                    && PodReferences.secret(volume, namespace, name)
                    && store.snapshot().get(claims.key(claim.namespace(), claim.name())) != null
                    && anyPod(node, claim.namespace(), pod -> claims(pod, claim.name()))) {
                return true;
            }
        }
        return false;
    }

    private boolean anyPod(String node, String namespace, Predicate<Pod> test) {
        var pods = catalog.of(Pod.class);
        var entries = store.snapshot().list("pods", namespace, null);
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (node.equals(entry.header().fields().get("spec.nodeName"))
                    && test.test(pods.object(entry))) {
                return true;
            }
        }
        return false;
    }
}
