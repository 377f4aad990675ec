package io.coxswain.kubelet.eviction;

import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.core.Pod;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.containers.NodeFacts;
import io.coxswain.kubelet.events.Events;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.pods.PodStatuses;
import io.coxswain.kubelet.pods.PodWorkers;
import io.coxswain.kubelet.registration.Machine;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerStats;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Ends pods that take more of the disk than they may; and while the node is short of something,
/// one pod, then it waits to see whether that helped.
public final class Eviction implements Loop {

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration RELIEF = Duration.ofSeconds(30);

    /// A hard threshold leaves no time for a pod's own grace period.
    private static final long GRACE_SECONDS = 1;

    private final NodeFacts node;
    private final ContainerRuntime runtime;
    private final PodWorkers workers;
    private final Pressures pressures;
    private final Supplier<Machine> machine;
    private final Events events;
    private final Clock clock;

    public Eviction(
            NodeFacts node,
            ContainerRuntime runtime,
            PodWorkers workers,
            Pressures pressures,
            Supplier<Machine> machine,
            Events events,
            Clock clock) {
        this.node = node;
        this.runtime = runtime;
        this.workers = workers;
        this.pressures = pressures;
        this.machine = machine;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public Next runOnce() {
        keepLimits();
        for (var pressure : pressures.now(machine.get())) {
            events.emit(
                    new ObjectReference("Node", "", node.name(), node.name(), "", "", ""),
                    Events.WARNING,
                    "EvictionThresholdMet",
                    "Attempting to reclaim " + pressure.signal().resource());
            var victim = Victims.choose(pressure, usage(pressure.signal()));
            if (victim != null) {
                var message = Victims.message(pressure, victim);
                workers.evict(victim.pod().uid(), "Evicted", message, GRACE_SECONDS);
                return Next.in(clock, RELIEF);
            }
        }
        return Next.in(clock, PERIOD);
    }

    private void keepLimits() {
        var limited = active().filter(StorageLimits::any).toList();
        if (limited.isEmpty()) {
            return;
        }
        var layers = containers(Signal.DISK);
        for (var pod : limited) {
            var use = StorageUse.of(pod, node, layers.getOrDefault(pod.uid(), Map.of()));
            var message = StorageLimits.exceeded(pod, use);
            if (!message.isEmpty()) {
                workers.evict(pod.uid(), "Evicted", message, GRACE_SECONDS);
            }
        }
    }

    private List<PodUsage> usage(Signal signal) {
        var byPod = containers(signal);
        return active().map(pod -> usage(signal, pod, byPod.getOrDefault(pod.uid(), Map.of())))
                .toList();
    }

    private Stream<Pod> active() {
        return workers.pods().stream()
                .filter(pod -> !PodStatuses.terminal(pod.status()) && !pod.deleting());
    }

    /// What containers use, by the UID of their pod and their name.
    private Map<String, Map<String, Long>> containers(Signal signal) {
        var byPod = new HashMap<String, Map<String, Long>>();
        for (var stats : runtime.containerStats(ContainerFilter.ALL)) {
            var uid = stats.labels().getOrDefault(ContainerMetadata.POD_UID, "");
            var name = stats.labels().getOrDefault(ContainerMetadata.CONTAINER_NAME, "");
            byPod.computeIfAbsent(uid, _ -> new HashMap<>())
                    .merge(name, used(signal, stats), Long::sum);
        }
        return byPod;
    }

    private PodUsage usage(Signal signal, Pod pod, Map<String, Long> containers) {
        var total =
                signal == Signal.DISK
                        ? StorageUse.of(pod, node, containers).total()
                        : containers.values().stream().mapToLong(Long::longValue).sum();
        return new PodUsage(pod, total, containers);
    }

    private static long used(Signal signal, ContainerStats stats) {
        return switch (signal) {
            case MEMORY -> {
                var memory = stats.usage().memory();
                yield memory == null ? 0 : memory.workingSetBytes();
            }
            case DISK -> {
                var layer = stats.writableLayer();
                yield layer == null ? 0 : layer.usedBytes();
            }
            case PROCESSES -> 0; // The runtime does not count them: importance alone decides.
        };
    }
}
