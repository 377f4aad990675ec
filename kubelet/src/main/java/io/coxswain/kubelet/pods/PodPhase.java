package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.kubelet.pod.PodContainer;
import java.util.List;

/// Computes the phase of a pod from its containers' statuses.
final class PodPhase {

    private PodPhase() {}

    static String of(StatusView view, List<ContainerStatus> init, List<ContainerStatus> regular) {
        var before = view.pod().status();
        if (PodStatuses.terminal(before)) {
            return before.phase();
        }
        var phase = live(view, init, regular);
        var ended = view.ending() != null && view.ended();
        if (!ended) {
            // A pod is not called finished while something of it, a sidecar say, still runs.
            return isTerminal(phase) && view.state().anyRunning() ? "Running" : phase;
        }
        var ending = view.ending();
        if (ending != null && !ending.reason().isEmpty()) {
            return "Failed";
        }
        var allGood =
                regular.stream()
                        .map(status -> status.state().terminated())
                        .allMatch(end -> end != null && end.exitCode() == 0);
        return allGood ? "Succeeded" : "Failed";
    }

    private static boolean isTerminal(String phase) {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static String live(
            StatusView view, List<ContainerStatus> init, List<ContainerStatus> regular) {
        var policy = view.pod().spec().restartPolicy();
        var never = policy.equals("Never");
        var begun = regular.stream().anyMatch(PodPhase::hasRun);
        if (!begun) {
            for (var status : init) {
                if (failed(status) && never && !PodStatuses.sidecar(view.pod(), status.name())) {
                    return "Failed";
                }
                if (!complete(view, status)) {
                    return "Pending";
                }
            }
        }
        var counts = Counts.of(regular);
        if (counts.waiting > 0 || counts.total == 0) {
            return "Pending";
        }
        if (counts.running > 0) {
            return "Running";
        }
        var pod = view.pod();
        var restarts =
                regular.stream()
                        .anyMatch(status -> {
                            var end = end(status);
                            var container = PodContainer.find(pod, status.name());
                            return end != null
                                    && container != null
                                    && Restarts.afterExit(pod, container, end.exitCode());
                        });
        if (restarts) {
            return "Running";
        }
        return counts.succeeded == counts.total ? "Succeeded" : "Failed";
    }

    /// The containers by what they do; one that waits to be started again counts as stopped.
    private record Counts(int total, int running, int waiting, int succeeded) {
        static Counts of(List<ContainerStatus> statuses) {
            var running = 0;
            var waiting = 0;
            var succeeded = 0;
            for (var status : statuses) {
                var end = end(status);
                if (status.state().running() != null) {
                    running++;
                } else if (end == null) {
                    waiting++;
                } else if (end.exitCode() == 0) {
                    succeeded++;
                }
            }
            return new Counts(statuses.size(), running, waiting, succeeded);
        }
    }

    private static io.coxswain.api.core.Pod.@org.jspecify.annotations.Nullable
            ContainerStateTerminated
            end(ContainerStatus status) {
        var now = status.state().terminated();
        return now != null || status.state().running() != null
                ? now
                : status.lastState().terminated();
    }

    private static boolean hasRun(ContainerStatus status) {
        return status.state().running() != null || end(status) != null;
    }

    private static boolean failed(ContainerStatus status) {
        var end = end(status);
        return end != null && end.exitCode() != 0;
    }

    private static boolean complete(StatusView view, ContainerStatus status) {
        if (PodStatuses.sidecar(view.pod(), status.name())) {
            return Boolean.TRUE.equals(status.started());
        }
        var end = status.state().terminated();
        return end != null && end.exitCode() == 0;
    }
}
