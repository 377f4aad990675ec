package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import io.coxswain.base.Clock;
import io.coxswain.kubelet.pod.PodEvents;
import io.coxswain.kubelet.pod.StartFailure;
import io.coxswain.kubelet.pods.PodResources;
import io.coxswain.kubelet.volumes.Trees;
import io.coxswain.kubelet.volumes.VolumeException;
import io.coxswain.kubelet.volumes.Volumes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The real directories, volumes and cgroups of pods.
public final class NodePodResources implements PodResources {

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private final NodeFacts node;
    private final Volumes volumes;
    private final PodCgroups cgroups;
    private final PodEvents events;
    private final Clock clock;
    private final Map<String, Instant> refreshed = new ConcurrentHashMap<>();

    public NodePodResources(
            NodeFacts node, Volumes volumes, PodCgroups cgroups, PodEvents events, Clock clock) {
        this.node = node;
        this.volumes = volumes;
        this.cgroups = cgroups;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void prepare(Pod pod) throws StartFailure {
        try {
            Files.createDirectories(node.podDirectory(pod.uid()));
            Files.createDirectories(node.logDirectory(pod.namespace(), pod.name(), pod.uid()));
            cgroups.prepare(pod);
            volumes.mount(pod);
        } catch (VolumeException e) {
            var message = String.valueOf(e.getMessage());
            events.warning(pod, "FailedMount", message);
            throw new StartFailure("ContainerCreating", message, RETRY);
        } catch (IOException | RuntimeException e) {
            var message = "error making pod data directories: " + e.getMessage();
            events.warning(pod, "Failed", message);
            throw new StartFailure("ContainerCreating", message, RETRY);
        }
    }

    @Override
    public void refresh(Pod pod) {
        var now = clock.now();
        var last = refreshed.get(pod.uid());
        if (last == null || Duration.between(last, now).compareTo(REFRESH) >= 0) {
            refreshed.put(pod.uid(), now);
            volumes.refresh(pod);
        }
    }

    @Override
    public void release(String uid) {
        refreshed.remove(uid);
        volumes.unmount(uid);
        cgroups.remove(uid);
    }

    @Override
    public void remove(String uid, String namespace, String name) {
        try {
            Trees.delete(node.podDirectory(uid));
            Trees.delete(node.logDirectory(namespace, name, uid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
