package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import io.coxswain.kubelet.containers.NodeFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The volumes of all pods of this node.
public final class Volumes {

    private static final Logger LOG = LoggerFactory.getLogger(Volumes.class);

    private final NodeFacts node;
    private final VolumeTools tools;
    private final SubPaths subPaths;
    private final Set<String> mounted = ConcurrentHashMap.newKeySet();

    public Volumes(NodeFacts node, VolumeTools tools) {
        this.node = node;
        this.tools = tools;
        this.subPaths = new SubPaths(tools.mounts());
    }

    /// Mounts all volumes of the pod that are not mounted yet.
    public void mount(Pod pod) throws VolumeException {
        for (var volume : pod.spec().volumes()) {
            var key = pod.uid() + "/" + volume.name();
            if (volume.image() != null || mounted.contains(key)) {
                continue;
            }
            try {
                var context = context(pod, volume);
                var parent = context.directory().getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                plugin(volume).mount(context);
                mounted.add(key);
            } catch (VolumeException | IOException | RuntimeException e) {
                throw new VolumeException(
                        "MountVolume.SetUp failed for volume \""
                                + volume.name()
                                + "\" : "
                                + e.getMessage());
            }
        }
    }

    /// Where a volume is found on the host.
    public Path path(Pod pod, Volume volume) throws VolumeException {
        return plugin(volume).path(context(pod, volume));
    }

    /// Where a part of a volume is found on the host, safe against links.
    ///
    /// @param index of the mount in its container, for a place of its own
    public Path subPath(Pod pod, Volume volume, String container, int index, String subPath)
            throws VolumeException {
        var target =
                node.podDirectory(pod.uid())
                        .resolve("volume-subpaths")
                        .resolve(volume.name())
                        .resolve(container)
                        .resolve(Integer.toString(index));
        try {
            return subPaths.bind(path(pod, volume), subPath, target);
        } catch (IOException e) {
            throw new VolumeException(
                    "failed to prepare subPath for volumeMount \""
                            + volume.name()
                            + "\" of container \""
                            + container
                            + "\": "
                            + e.getMessage());
        }
    }

    /// Brings the content of mounted volumes up to date; what cannot be had now stays as it is.
    public void refresh(Pod pod) {
        for (var volume : pod.spec().volumes()) {
            var plugin = VolumePlugins.of(volume);
            if (plugin == null
                    || !plugin.refreshes()
                    || !mounted.contains(pod.uid() + "/" + volume.name())) {
                continue;
            }
            try {
                plugin.refresh(context(pod, volume));
            } catch (VolumeException | IOException | RuntimeException e) {
                LOG.info("volume {} of pod {} is not refreshed", volume.name(), pod.name(), e);
            }
        }
    }

    /// Unmounts the pod's volumes and removes what lay in them.
    public void unmount(String uid) {
        var directory = node.podDirectory(uid);
        mounted.removeIf(key -> key.startsWith(uid + "/"));
        if (!Files.exists(directory)) {
            return;
        }
        tools.mounts().unmountUnder(directory);
        try {
            Trees.delete(directory.resolve("volumes"));
            Trees.delete(directory.resolve("volume-subpaths"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private VolumeContext context(Pod pod, Volume volume) throws VolumeException {
        var directory =
                node.podDirectory(pod.uid())
                        .resolve("volumes")
                        .resolve(plugin(volume).directory())
                        .resolve(volume.name());
        return new VolumeContext(pod, volume, directory, tools);
    }

    private static VolumePlugin plugin(Volume volume) throws VolumeException {
        var plugin = VolumePlugins.of(volume);
        if (plugin == null) {
            throw new VolumeException("no volume plugin matched");
        }
        return plugin;
    }
}
