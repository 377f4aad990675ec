package io.coxswain.kubelet.probes;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.base.Loops;
import io.coxswain.base.Loops.Running;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodContainer.Role;
import io.coxswain.kubelet.pod.PodEvents;
import io.coxswain.kubelet.pods.ObservedContainer;
import io.coxswain.kubelet.pods.PodProbes;
import io.coxswain.kubelet.pods.PodRuntimeState;
import io.coxswain.kubelet.pods.PodStatuses;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The probes of all containers on this node.
public final class NodeProbes implements PodProbes {

    private final Loops loops;
    private final Prober prober;
    private final PodEvents events;
    private final Map<Key, Entry> probes = new ConcurrentHashMap<>();
    private final Map<Key, Verdict> verdicts = new ConcurrentHashMap<>();
    private volatile Consumer<String> listener = uid -> {};

    private record Key(String containerId, ProbeType type) {}

    private record Entry(String uid, Running running) {}

    public NodeProbes(Loops loops, Prober prober, PodEvents events) {
        this.loops = loops;
        this.prober = prober;
        this.events = events;
    }

    /// Calls `changed` with the UID of a pod whenever a verdict on one of its containers changes.
    public void onChange(Consumer<String> changed) {
        listener = changed;
    }

    @Override
    public Verdict of(String containerId, ProbeType type) {
        var start = type == ProbeType.LIVENESS ? Verdict.SUCCESS : Verdict.UNKNOWN;
        return verdicts.getOrDefault(new Key(containerId, type), start);
    }

    @Override
    public void update(Pod pod, PodRuntimeState state, boolean ending) {
        var alive = state.running().stream().map(ObservedContainer::id).collect(Collectors.toSet());
        stopOthers(pod.uid(), alive, ending);
        for (var container : PodContainer.all(pod)) {
            var current = state.latest(container.name());
            var probed = container.role() == Role.REGULAR || container.role() == Role.SIDECAR;
            if (probed && current != null && current.running()) {
                for (var type : ProbeType.values()) {
                    if (!ending || type == ProbeType.READINESS) {
                        start(pod, container, current, type, ip(pod, state));
                    }
                }
            }
        }
    }

    private static String ip(Pod pod, PodRuntimeState state) {
        var sandbox = state.activeSandbox();
        if (sandbox != null && !sandbox.ips().isEmpty()) {
            return sandbox.ips().getFirst();
        }
        return pod.status().hostIP().isEmpty() ? "127.0.0.1" : pod.status().hostIP();
    }

    private void start(
            Pod pod, PodContainer container, ObservedContainer current, ProbeType type, String ip) {
        var probe = type.of(container.spec());
        var started = current.status().startedAt();
        var key = new Key(current.id(), type);
        if (probe == null || started == null || probes.containsKey(key)) {
            return;
        }
        if (remembered(pod, current, type)) {
            verdicts.putIfAbsent(key, Verdict.SUCCESS);
        }
        if (type == ProbeType.STARTUP && of(current.id(), type) == Verdict.SUCCESS) {
            return;
        }
        var target = new ProbeTarget(pod, container.spec(), current.id(), ip, started);
        var reports =
                new ProbeLoop.Reports(
                        verdict -> decided(pod.uid(), key, verdict),
                        text -> events.warning(pod, container, "Unhealthy", text),
                        text -> events.warning(pod, container, "ProbeWarning", text));
        var loop =
                new ProbeLoop(
                        target,
                        type,
                        probe,
                        prober,
                        () -> due(container, current.id(), type),
                        reports,
                        loops.clock());
        var name = type.title() + " of " + container.name() + " in " + pod.name();
        probes.put(key, new Entry(pod.uid(), loops.start(name, loop)));
    }

    /// After a restart of this process, what the API knows of the very same container still holds.
    private static boolean remembered(Pod pod, ObservedContainer current, ProbeType type) {
        var before = status(pod, current);
        if (before == null) {
            return false;
        }
        return switch (type) {
            case STARTUP -> Boolean.TRUE.equals(before.started());
            case READINESS -> before.ready();
            case LIVENESS -> false;
        };
    }

    private static @Nullable ContainerStatus status(Pod pod, ObservedContainer current) {
        for (var status : PodStatuses.all(pod.status())) {
            if (status.containerID().endsWith("//" + current.id())) {
                return status;
            }
        }
        return null;
    }

    /// The other probes wait until the startup probe has passed.
    private boolean due(PodContainer container, String id, ProbeType type) {
        return type == ProbeType.STARTUP
                || container.spec().startupProbe() == null
                || of(id, ProbeType.STARTUP) == Verdict.SUCCESS;
    }

    private void decided(String uid, Key key, Verdict verdict) {
        if (verdicts.put(key, verdict) == verdict) {
            return;
        }
        if (key.type() == ProbeType.STARTUP) {
            probes.forEach((other, entry) -> {
                if (other.containerId().equals(key.containerId())) {
                    entry.running().wake();
                }
            });
        }
        listener.accept(uid);
    }

    private void stopOthers(String uid, Set<String> alive, boolean ending) {
        for (var probe : Set.copyOf(probes.entrySet())) {
            var key = probe.getKey();
            var over = !alive.contains(key.containerId());
            if (probe.getValue().uid().equals(uid)
                    && (over || (ending && key.type() != ProbeType.READINESS))) {
                probes.remove(key);
                if (over) {
                    verdicts.remove(key);
                }
                probe.getValue().running().stop();
            }
        }
    }

    @Override
    public void forget(String uid) {
        stopOthers(uid, Set.of(), true);
    }
}
