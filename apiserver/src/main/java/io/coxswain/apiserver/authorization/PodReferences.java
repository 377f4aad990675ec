package io.coxswain.apiserver.authorization;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.SecretReference;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a pod names, so that its node has to read it.
final class PodReferences {

    private PodReferences() {}

    static boolean secret(Pod pod, String name) {
        var spec = pod.spec();
        return spec.imagePullSecrets().stream().anyMatch(ref -> ref.name().equals(name))
                || spec.volumes().stream().anyMatch(volume -> secret(volume, name))
                || EnvironmentReferences.of(spec, "secrets").anyMatch(name::equals);
    }

    private static boolean secret(Volume volume, String name) {
        var own = volume.secret();
        var driver = volume.csi();
        var projected = volume.projected();
        if (own != null && name.equals(own.secretName())) {
            return true;
        }
        var publish = driver == null ? null : driver.nodePublishSecretRef();
        if (publish != null && publish.name().equals(name)) {
            return true;
        }
        return projected != null
                && projected.sources().stream()
                        .map(source -> source.secret())
                        .filter(Objects::nonNull)
                        .anyMatch(source -> source.name().equals(name));
    }

    static boolean configMap(Pod pod, String name) {
        return pod.spec().volumes().stream().anyMatch(volume -> configMap(volume, name))
                || EnvironmentReferences.of(pod.spec(), "configmaps").anyMatch(name::equals);
    }

    private static boolean configMap(Volume volume, String name) {
        var own = volume.configMap();
        var projected = volume.projected();
        if (own != null && name.equals(own.name())) {
            return true;
        }
        return projected != null
                && projected.sources().stream()
                        .map(source -> source.configMap())
                        .filter(Objects::nonNull)
                        .anyMatch(source -> source.name().equals(name));
    }

    static boolean resourceClaim(Pod pod, String name) {
        return pod.spec().resourceClaims().stream()
                        .anyMatch(claim -> name.equals(claim.resourceClaimName()))
                || pod.status().resourceClaimStatuses().stream()
                        .anyMatch(claim -> name.equals(claim.resourceClaimName()));
    }

    /// Whether the driver of a volume needs a Secret on the node.
    static boolean secret(PersistentVolume volume, String namespace, String name) {
        var driver = volume.spec().csi();
        if (driver == null) {
            return false;
        }
        return Stream.of(
                        is(driver.nodePublishSecretRef(), namespace, name),
                        is(driver.nodeStageSecretRef(), namespace, name),
                        is(driver.nodeExpandSecretRef(), namespace, name))
                .anyMatch(found -> found);
    }

    private static boolean is(@Nullable SecretReference reference, String namespace, String name) {
        return reference != null
                && reference.name().equals(name)
                && reference.namespace().equals(namespace);
    }
}
