package io.coxswain.kubelet.eviction;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.containers.NodeFacts;
import io.coxswain.kubelet.volumes.Trees;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What a pod takes of the node's disk.
///
/// @param containers bytes by name: what a container wrote, and its log
/// @param emptyDirs bytes by the name of the volume; those in memory are no disk
/// @param rest what belongs to the pod but to none of these: `/etc/hosts`, termination messages
record StorageUse(Map<String, Long> containers, Map<String, Long> emptyDirs, long rest) {

    long total() {
        return sum(containers) + sum(emptyDirs) + rest;
    }

    /// @param layers what the containers wrote, by name
    static StorageUse of(Pod pod, NodeFacts node, Map<String, Long> layers) {
        var directory = node.podDirectory(pod.uid());
        var logs = node.logDirectory(pod.namespace(), pod.name(), pod.uid());
        var containers = new HashMap<String, Long>();
        for (var container : pod.spec().containers()) {
            var layer = layers.getOrDefault(container.name(), 0L);
            containers.put(container.name(), layer + size(logs.resolve(container.name())));
        }
        var emptyDirs = new HashMap<String, Long>();
        for (var volume : pod.spec().volumes()) {
            var emptyDir = volume.emptyDir();
            if (emptyDir != null && emptyDir.medium().isEmpty()) {
                var place = directory.resolve("volumes").resolve("kubernetes.io~empty-dir");
                emptyDirs.put(volume.name(), size(place.resolve(volume.name())));
            }
        }
        return new StorageUse(
                containers,
                emptyDirs,
                size(directory.resolve("etc-hosts")) + size(directory.resolve("containers")));
    }

    private static long size(Path path) {
        return Files.exists(path) ? Trees.size(path) : 0;
    }

    private static long sum(Map<String, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
