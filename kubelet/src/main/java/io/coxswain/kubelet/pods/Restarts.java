package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodContainer.Role;
import io.coxswain.kubelet.runtime.Container.State;
import org.jspecify.annotations.Nullable;

/// Whether a container that does not run is to be started (again).
final class Restarts {

    private Restarts() {}

    /// @param last the newest container of that name; null when there never was one
    static boolean wanted(Pod pod, PodContainer container, @Nullable ObservedContainer last) {
        if (last == null) {
            return true;
        }
        if (container.role() == Role.EPHEMERAL) {
            return false;
        }
        if (last.running()) {
            return false;
        }
        // Created but never started, or lost: making it anew is the only way on.
        if (last.state() == State.CREATED || last.state() == State.UNKNOWN) {
            return true;
        }
        return afterExit(pod, container, last.status().exitCode());
    }

    /// Whether a container that a probe has failed is started again.
    static boolean afterFailure(Pod pod, PodContainer container) {
        return afterExit(pod, container, 137);
    }

    static boolean afterExit(Pod pod, PodContainer container, int exitCode) {
        for (var rule : container.spec().restartPolicyRules()) {
            var codes = rule.exitCodes();
            if (codes == null || !rule.action().equals("Restart")) {
                continue;
            }
            if (codes.values().contains(exitCode) == codes.operator().equals("In")) {
                return true;
            }
        }
        return switch (policy(pod, container)) {
            case "Never" -> false;
            case "OnFailure" -> exitCode != 0;
            default -> true;
        };
    }

    /// The container's own policy, else the pod's; an init container that fails is tried again
    /// unless the pod says never.
    private static String policy(Pod pod, PodContainer container) {
        var own = container.spec().restartPolicy();
        if (own != null) {
            return own;
        }
        var policy = pod.spec().restartPolicy();
        return container.role() == Role.INIT && !policy.equals("Never") ? "OnFailure" : policy;
    }
}
