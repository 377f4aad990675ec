package io.coxswain.kubelet.housekeeping;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.Sandbox;
import io.coxswain.kubelet.runtime.SandboxFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes containers that have ended, all but the last of each name (its log and its exit code are
/// still shown), and sandboxes that have been replaced.
public final class DeadContainers implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(DeadContainers.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final ContainerRuntime runtime;
    private final Clock clock;

    public DeadContainers(ContainerRuntime runtime, Clock clock) {
        this.runtime = runtime;
        this.clock = clock;
    }

    @Override
    public Next runOnce() {
        var containers = runtime.containers(ContainerFilter.ALL);
        superfluous(containers).forEach(this::remove);
        var used = new HashSet<String>();
        containers.forEach(container -> used.add(container.sandboxId()));
        for (var sandbox : replaced(runtime.sandboxes(SandboxFilter.ALL))) {
            if (!used.contains(sandbox.id())) {
                runtime.removeSandbox(sandbox.id());
            }
        }
        return Next.in(clock, PERIOD);
    }

    private void remove(Container container) {
        var log = runtime.containerStatus(container.id()).logPath();
        runtime.remove(container.id());
        if (log == null) {
            return;
        }
        try {
            var file = Path.of(log);
            Files.deleteIfExists(file);
            for (var old : LogRotation.rotated(file)) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            LOG.debug("log {} is not removed", log, e);
        }
    }

    /// The ended containers that have an ended successor.
    static List<Container> superfluous(List<Container> all) {
        var byName = new HashMap<String, List<Container>>();
        for (var container : all) {
            var uid = container.labels().get(ContainerMetadata.POD_UID);
            if (uid != null && container.state() == Container.State.EXITED) {
                byName.computeIfAbsent(uid + "/" + container.name(), key -> new ArrayList<>())
                        .add(container);
            }
        }
        var superfluous = new ArrayList<Container>();
        for (var list : byName.values()) {
            list.sort(Comparator.comparing(Container::createdAt).reversed());
            superfluous.addAll(list.subList(1, list.size()));
        }
        return superfluous;
    }

    private static List<Sandbox> replaced(List<Sandbox> all) {
        Map<String, Sandbox> newest = new HashMap<>();
        for (var sandbox : all) {
            var uid = sandbox.labels().get(ContainerMetadata.POD_UID);
            if (uid != null) {
                newest.merge(uid, sandbox, (a, b) -> a.createdAt().isBefore(b.createdAt()) ? b : a);
            }
        }
        return all.stream()
                .filter(sandbox -> sandbox.state() == Sandbox.State.NOT_READY)
                .filter(sandbox -> sandbox.labels().containsKey(ContainerMetadata.POD_UID))
                .filter(sandbox ->
                        !sandbox.equals(
                                newest.get(sandbox.labels().get(ContainerMetadata.POD_UID))))
                .toList();
    }
}
