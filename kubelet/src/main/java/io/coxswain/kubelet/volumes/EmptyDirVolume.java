package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volume;
import java.io.IOException;
import java.nio.file.Files;

/// A directory that lives as long as the pod, on the node's disk or in memory.
final class EmptyDirVolume implements VolumePlugin {

    @Override
    public String directory() {
        return "kubernetes.io~empty-dir";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.emptyDir() != null;
    }

    @Override
    public void mount(VolumeContext context) throws IOException, VolumeException {
        var source = context.volume().emptyDir();
        if (source == null) {
            return;
        }
        var directory = context.directory();
        var there = Files.isDirectory(directory);
        Files.createDirectories(directory);
        switch (source.medium()) {
            case "" -> {}
            case "Memory" -> {
                var limit = source.sizeLimit();
                var bytes = limit == null ? 0 : limit.value();
                context.tools().mounts().tmpfs(directory, bytes > 0 ? "size=" + bytes : "");
            }
            default ->
                    throw new VolumeException("unknown storage medium \"" + source.medium() + "\"");
        }
        if (!there) {
            Modes.set(directory, 0777);
        }
        var group = context.fsGroup();
        if (group != null && !Modes.belongsTo(directory, group)) {
            Modes.giveToGroup(directory, group);
        }
    }
}
