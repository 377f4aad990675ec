package io.coxswain.kubelet.volumes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/// Parts of volumes. What a container has written into a volume, links above all, must not lead a
/// mount out of it.
final class SubPaths {

    private final VolumeMounts mounts;

    SubPaths(VolumeMounts mounts) {
        this.mounts = mounts;
    }

    /// Makes `subPath` of `volume` available at `target`, a bind mount that links cannot redirect.
    Path bind(Path volume, String subPath, Path target) throws IOException, VolumeException {
        var source = resolve(volume, subPath);
        if (!Files.exists(target)) {
            var parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (Files.isDirectory(source)) {
                Files.createDirectory(target);
            } else {
                Files.createFile(target);
            }
        }
        mounts.bind(source, target);
        // A link may have been swapped in between: what was mounted must still be found inside.
        if (!same(resolve(volume, subPath), target)) {
            mounts.unmountUnder(target);
            throw new VolumeException("subPath \"" + subPath + "\" changed while it was mounted");
        }
        return target;
    }

    /// The real path, made if it is missing; never outside the volume.
    static Path resolve(Path volume, String subPath) throws IOException, VolumeException {
        var relative = Path.of(subPath).normalize();
        if (relative.isAbsolute() || relative.startsWith("..")) {
            throw new VolumeException("subPath \"" + subPath + "\" must stay inside the volume");
        }
        var root = volume.toRealPath();
        var current = root;
        for (var part : relative) {
            var next = current.resolve(part);
            if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(next);
                Modes.set(next, Modes.get(current));
            }
            current = next.toRealPath();
            if (!current.startsWith(root)) {
                throw new VolumeException(
                        "subPath \"" + subPath + "\" is outside of volume directory");
            }
        }
        return current;
    }

    private static boolean same(Path one, Path other) throws IOException {
        return Objects.equals(key(one), key(other));
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
