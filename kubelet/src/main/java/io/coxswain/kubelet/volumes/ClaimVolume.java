package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A persistent volume by its claim; those that are a path of the node (`hostPath`, `local`).
final class ClaimVolume implements VolumePlugin {

    @Override
    public String directory() {
        return "kubernetes.io~local-volume";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.persistentVolumeClaim() != null || volume.ephemeral() != null;
    }

    @Override
    public void mount(VolumeContext context) throws IOException, VolumeException {
        var volume = volume(context);
        var hostPath = volume.spec().hostPath();
        if (hostPath != null) {
            HostPathVolume.check(Path.of(hostPath.path()), hostPath.type());
            return;
        }
        var path = path(context);
        if (!Files.exists(path)) {
            throw new VolumeException("path \"" + path + "\" does not exist");
        }
        var group = context.fsGroup();
        if (group != null && !Modes.belongsTo(path, group)) {
            Modes.giveToGroup(path, group);
        }
    }

    @Override
    public Path path(VolumeContext context) throws VolumeException {
        var spec = volume(context).spec();
        if (spec.hostPath() != null) {
            return Path.of(spec.hostPath().path());
        }
        if (spec.local() != null) {
            return Path.of(spec.local().path());
        }
        throw new VolumeException("no volume plugin matched");
    }

    private static PersistentVolume volume(VolumeContext context) throws VolumeException {
        var source = context.volume().persistentVolumeClaim();
        var name =
                source == null
                        ? context.pod().name() + "-" + context.volume().name()
                        : source.claimName();
        var namespace = context.pod().namespace();
        var claim = context.tools().claims().claim(namespace, name);
        if (claim == null) {
            throw new VolumeException("persistentvolumeclaim \"" + name + "\" not found");
        }
        if (claim.spec().volumeName().isEmpty() || !claim.status().phase().equals("Bound")) {
            throw new VolumeException("PVC " + namespace + "/" + name + " is not bound");
        }
        var volume = context.tools().claims().volume(claim.spec().volumeName());
        if (volume == null) {
            throw new VolumeException(
                    "persistentvolume \"" + claim.spec().volumeName() + "\" not found");
        }
        return volume;
    }
}
