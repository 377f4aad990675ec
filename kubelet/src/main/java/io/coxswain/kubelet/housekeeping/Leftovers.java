package io.coxswain.kubelet.housekeeping;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.containers.NodeFacts;
import io.coxswain.kubelet.pods.PodResources;
import io.coxswain.kubelet.pods.RuntimeStates;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes what is left of pods that the API does not know: they were deleted while no kubelet ran.
/// Something must be unknown twice in a row, so that a pod that is just arriving is safe.
public final class Leftovers implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final NodeFacts node;
    private final ContainerRuntime runtime;
    private final RuntimeStates states;
    private final PodResources resources;
    private final Predicate<String> known;
    private final Clock clock;
    private Set<String> unknownBefore = Set.of();

    /// @param known whether the pod with this UID is looked after
    public Leftovers(
            NodeFacts node,
            ContainerRuntime runtime,
            RuntimeStates states,
            PodResources resources,
            Predicate<String> known,
            Clock clock) {
        this.node = node;
        this.runtime = runtime;
        this.states = states;
        this.resources = resources;
        this.known = known;
        this.clock = clock;
    }

    @Override
    public Next runOnce() throws IOException {
        var unknown = new HashSet<>(states.uids());
        unknown.addAll(directories());
        unknown.removeIf(known);
        for (var uid : unknown) {
            if (unknownBefore.contains(uid)) {
                LOG.info("removing what is left of pod {}", uid);
                remove(uid);
            }
        }
        unknownBefore = unknown;
        removeLogs(unknown);
        return Next.in(clock, PERIOD);
    }

    private void remove(String uid) {
        var state = states.refresh(uid);
        state.running().forEach(container -> runtime.stop(container.id(), GRACE));
        state.sandboxes().forEach(status -> runtime.stopSandbox(status.sandbox().id()));
        state.containers().forEach(container -> runtime.remove(container.id()));
        state.sandboxes().forEach(status -> runtime.removeSandbox(status.sandbox().id()));
        resources.release(uid);
        var sandboxes = state.sandboxes();
        var pod = sandboxes.isEmpty() ? null : sandboxes.getFirst().sandbox().pod();
        resources.remove(uid, pod == null ? "" : pod.namespace(), pod == null ? "" : pod.name());
        states.refresh(uid);
    }

    private Set<String> directories() throws IOException {
        var names = new HashSet<String>();
        list(node.root().resolve("pods")).forEach(path -> names.add(name(path)));
        return names;
    }

    /// Log directories end with the UID of their pod.
    private void removeLogs(Set<String> arriving) throws IOException {
        for (var directory : list(node.podLogs())) {
            var name = name(directory);
            var uid = name.substring(name.lastIndexOf('_') + 1);
            if (!known.test(uid) && !arriving.contains(uid) && states.of(uid).isEmpty()) {
                io.coxswain.kubelet.volumes.Trees.delete(directory);
            }
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var all = Files.list(directory)) {
            return all.toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
