package io.coxswain.kubelet.pod;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec.EphemeralContainer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A container of a pod's spec and what it is there for.
public record PodContainer(Container spec, Role role) {

    /// What a container is there for.
    public enum Role {
        /// Runs to its end before the next starts.
        INIT,
        /// A restartable init container: starts in its turn and stays.
        SIDECAR,
        REGULAR,
        /// Added to a running pod to debug it; never restarted.
        EPHEMERAL
    }

    public String name() {
        return spec.name();
    }

    /// Where the container stands in the pod, as events name it: `spec.containers{web}`.
    public String fieldPath() {
        var list =
                switch (role) {
                    case INIT, SIDECAR -> "initContainers";
                    case REGULAR -> "containers";
                    case EPHEMERAL -> "ephemeralContainers";
                };
        return "spec." + list + "{" + spec.name() + "}";
    }

    /// All containers of the pod in the order they are considered: init, regular, ephemeral.
    public static List<PodContainer> all(Pod pod) {
        var all = new ArrayList<PodContainer>();
        all.addAll(init(pod));
        all.addAll(regular(pod));
        all.addAll(ephemeral(pod));
        return all;
    }

    /// Init containers and sidecars, in start order.
    public static List<PodContainer> init(Pod pod) {
        return pod.spec().initContainers().stream()
                .map(spec -> new PodContainer(spec, restartable(spec) ? Role.SIDECAR : Role.INIT))
                .toList();
    }

    public static List<PodContainer> regular(Pod pod) {
        return pod.spec().containers().stream()
                .map(spec -> new PodContainer(spec, Role.REGULAR))
                .toList();
    }

    public static List<PodContainer> ephemeral(Pod pod) {
        return pod.spec().ephemeralContainers().stream()
                .map(spec -> new PodContainer(common(spec), Role.EPHEMERAL))
                .toList();
    }

    /// The container of that name, of any role.
    public static @Nullable PodContainer find(Pod pod, String name) {
        for (var container : all(pod)) {
            if (container.name().equals(name)) {
                return container;
            }
        }
        return null;
    }

    private static boolean restartable(Container spec) {
        return "Always".equals(spec.restartPolicy());
    }

    /// What an ephemeral container has in common with the others: all but its target.
    private static Container common(EphemeralContainer debug) {
        return new Container(
                debug.name(),
                debug.image(),
                debug.command(),
                debug.args(),
                debug.workingDir(),
                debug.ports(),
                debug.envFrom(),
                debug.env(),
                debug.resources(),
                debug.resizePolicy(),
                debug.restartPolicy(),
                debug.restartPolicyRules(),
                debug.volumeMounts(),
                debug.volumeDevices(),
                debug.livenessProbe(),
                debug.readinessProbe(),
                debug.startupProbe(),
                debug.lifecycle(),
                debug.terminationMessagePath(),
                debug.terminationMessagePolicy(),
                debug.imagePullPolicy(),
                debug.securityContext(),
                debug.stdin(),
                debug.stdinOnce(),
                debug.tty());
    }
}
