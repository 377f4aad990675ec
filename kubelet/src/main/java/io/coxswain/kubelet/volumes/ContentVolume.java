package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volume;
import java.io.IOException;
import java.nio.file.Files;

/// A volume with files from the API, swapped as a whole when they change.
record ContentVolume(Content content) implements VolumePlugin {

    @Override
    public String directory() {
        return content.directory();
    }

    @Override
    public boolean handles(Volume volume) {
        return content.handles(volume);
    }

    @Override
    public void mount(VolumeContext context) throws VolumeException, IOException {
        // Asked first: a pod that waits for its ConfigMap leaves nothing behind.
        var files = content.files(context);
        Files.createDirectories(context.directory());
        if (content.secret()) {
            context.tools().mounts().tmpfs(context.directory(), "");
        }
        Modes.set(context.directory(), 0777);
        write(context, files);
    }

    @Override
    public boolean refreshes() {
        return true;
    }

    @Override
    public void refresh(VolumeContext context) throws VolumeException, IOException {
        write(context, content.files(context));
    }

    private static void write(VolumeContext context, java.util.Map<String, FileContent> files)
            throws VolumeException, IOException {
        var changed = new AtomicDirectory(context.directory()).write(files);
        var group = context.fsGroup();
        if (changed && group != null) {
            Modes.giveToGroup(context.directory(), group);
        }
    }
}
