package io.coxswain.api.columns;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerStateTerminated;
import io.coxswain.api.core.Pod.ContainerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The row of a pod: what `kubectl get pods` sums up of its containers.
public final class PodCells {

    private final Pod pod;
    private String reason;
    private int ready;
    private int restarts;
    private int sidecarRestarts;
    private boolean initializing;
    private @Nullable Instant lastRestart;

    private PodCells(Pod pod) {
        this.pod = pod;
        var status = pod.status();
        this.reason = status.reason().isEmpty() ? status.phase() : status.reason();
    }

    public static List<@Nullable Object> of(Pod pod, Instant now) {
        return new PodCells(pod).cells(now);
    }

    private List<@Nullable Object> cells(Instant now) {
        var scheduled = pod.condition("PodScheduled");
        if (scheduled != null && scheduled.reason().equals("SchedulingGated")) {
            reason = "SchedulingGated";
        }
        initContainers();
        if (!initializing || pod.conditionIs("Initialized", "True")) {
            mainContainers();
        }
        if (pod.deleting()) {
            if (pod.status().reason().equals("NodeLost")) {
                reason = "Unknown";
            } else if (!pod.ended()) {
                reason = "Terminating";
            }
        }
        var sidecars = pod.spec().initContainers().stream().filter(PodCells::sidecar).count();
        return Cells.row(
                pod.name(),
                ready + "/" + (pod.spec().containers().size() + sidecars),
                reason,
                restarts == 0 || lastRestart == null
                        ? Integer.toString(restarts)
                        : restarts + " (" + Cells.since(lastRestart, now) + " ago)",
                Cells.age(pod, now),
                Cells.orNone(ip()),
                Cells.orNone(pod.spec().nodeName()),
                Cells.orNone(pod.status().nominatedNodeName()),
                gates());
    }

    private void initContainers() {
        var statuses = pod.status().initContainerStatuses();
        for (var i = 0; i < statuses.size(); i++) {
            var status = statuses.get(i);
            var ended = status.state().terminated();
            var sidecar =
                    pod.spec().initContainers().stream()
                            .anyMatch(c -> c.name().equals(status.name()) && sidecar(c));
            count(status);
            if (sidecar) {
                sidecarRestarts += status.restartCount();
            }
            if (ended != null && ended.exitCode() == 0) {
                continue;
            }
            if (sidecar && Boolean.TRUE.equals(status.started())) {
                ready += status.ready() ? 1 : 0;
                continue;
            }
            initializing = true;
            var waiting = status.state().waiting();
            if (ended != null) {
                reason = "Init:" + reasonOf(ended);
            } else if (waiting != null
                    && !waiting.reason().isEmpty()
                    && !waiting.reason().equals("PodInitializing")) {
                reason = "Init:" + waiting.reason();
            } else {
                reason = "Init:" + i + "/" + pod.spec().initContainers().size();
            }
            return;
        }
    }

    private void mainContainers() {
        restarts = sidecarRestarts;
        var running = false;
        for (var status : pod.status().containerStatuses().reversed()) {
            count(status);
            var waiting = status.state().waiting();
            var ended = status.state().terminated();
            if (waiting != null && !waiting.reason().isEmpty()) {
                reason = waiting.reason();
            } else if (ended != null) {
                reason = reasonOf(ended);
            } else if (status.ready() && status.state().running() != null) {
                running = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && running) {
            reason = pod.ready() ? "Running" : "NotReady";
        }
    }

    private void count(ContainerStatus status) {
        restarts += status.restartCount();
        var last = status.lastState().terminated();
        var ended = last == null ? null : last.finishedAt();
        if (ended != null && (lastRestart == null || ended.isAfter(lastRestart))) {
            lastRestart = ended;
        }
    }

    private static String reasonOf(ContainerStateTerminated ended) {
        if (!ended.reason().isEmpty()) {
            return ended.reason();
        }
        return ended.signal() == 0 ? "ExitCode:" + ended.exitCode() : "Signal:" + ended.signal();
    }

    private String ip() {
        return pod.status().podIPs().isEmpty()
                ? pod.status().podIP()
                : pod.status().podIPs().getFirst().ip();
    }

    private String gates() {
        var gates = pod.spec().readinessGates();
        if (gates.isEmpty()) {
            return Cells.NONE;
        }
        var open = gates.stream().filter(g -> pod.conditionIs(g.conditionType(), "True")).count();
        return open + "/" + gates.size();
    }

    private static boolean sidecar(Container container) {
        return Objects.equals(container.restartPolicy(), "Always");
    }
}
