package io.coxswain.kubelet.registration;

import io.coxswain.api.core.Node.NodeCondition;
import io.coxswain.kubelet.eviction.Signal;
import io.coxswain.kubelet.runtime.RuntimeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Computes the conditions of the node. Pure.
final class NodeConditions {

    private static final Duration RELIST_MAX = Duration.ofMinutes(3);

    private final NodeView view;
    private final List<NodeCondition> before;
    private final Instant now;

    NodeConditions(NodeView view, List<NodeCondition> before, Instant now) {
        this.view = view;
        this.before = before;
        this.now = now;
    }

    List<NodeCondition> all() {
        var memory = view.pressures().contains(Signal.MEMORY);
        var disk = view.pressures().contains(Signal.DISK);
        var pids = view.pressures().contains(Signal.PROCESSES);
        var all = new ArrayList<NodeCondition>();
        all.add(
                memory
                        ? condition(
                                "MemoryPressure",
                                true,
                                "KubeletHasInsufficientMemory",
                                "kubelet has insufficient memory available")
                        : condition(
                                "MemoryPressure",
                                false,
                                "KubeletHasSufficientMemory",
                                "kubelet has sufficient memory available"));
        all.add(
                disk
                        ? condition(
                                "DiskPressure",
                                true,
                                "KubeletHasDiskPressure",
                                "kubelet has disk pressure")
                        : condition(
                                "DiskPressure",
                                false,
                                "KubeletHasNoDiskPressure",
                                "kubelet has no disk pressure"));
        all.add(
                pids
                        ? condition(
                                "PIDPressure",
                                true,
                                "KubeletHasInsufficientPID",
                                "kubelet has insufficient PID available")
                        : condition(
                                "PIDPressure",
                                false,
                                "KubeletHasSufficientPID",
                                "kubelet has sufficient PID available"));
        all.add(ready());
        before.stream()
                .filter(c -> all.stream().noneMatch(o -> o.type().equals(c.type())))
                .forEach(all::addFirst);
        return all;
    }

    private NodeCondition ready() {
        var faults = faults();
        if (faults.isEmpty()) {
            return condition("Ready", true, "KubeletReady", "kubelet is posting ready status");
        }
        var message =
                faults.size() == 1 ? faults.getFirst() : "[" + String.join(", ", faults) + "]";
        return condition("Ready", false, "KubeletNotReady", message);
    }

    private List<String> faults() {
        var faults = new ArrayList<String>();
        var runtime = view.runtime();
        if (runtime == null) {
            faults.add("container runtime is down");
            return faults;
        }
        notReady(runtime, RuntimeStatus.RUNTIME_READY, "container runtime not ready: ", faults);
        notReady(
                runtime,
                RuntimeStatus.NETWORK_READY,
                "container runtime network not ready: ",
                faults);
        var last = view.lastRelist();
        if (last == null) {
            faults.add("PLEG is not healthy: pleg has yet to be successful");
        } else if (Duration.between(last, now).compareTo(RELIST_MAX) > 0) {
            faults.add(
                    "PLEG is not healthy: pleg was last seen active "
                            + io.coxswain.kubelet.pod.PodFormat.duration(
                                    Duration.between(last, now))
                            + " ago; threshold is 3m0s");
        }
        return faults;
    }

    private static void notReady(
            RuntimeStatus status, String type, String intro, List<String> faults) {
        for (var condition : status.conditions()) {
            if (condition.type().equals(type) && !condition.status()) {
                faults.add(
                        intro
                                + type
                                + "=false reason:"
                                + condition.reason()
                                + " message:"
                                + condition.message());
            }
        }
    }

    private NodeCondition condition(String type, boolean holds, String reason, String message) {
        var status = holds ? "True" : "False";
        var old = old(type);
        var since =
                old != null && old.status().equals(status) && old.lastTransitionTime() != null
                        ? old.lastTransitionTime()
                        : now;
        return new NodeCondition(type, status, now, since, reason, message);
    }

    private @Nullable NodeCondition old(String type) {
        for (var condition : before) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }
}
