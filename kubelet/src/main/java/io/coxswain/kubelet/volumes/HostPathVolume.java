package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A file or directory of the node itself.
final class HostPathVolume implements VolumePlugin {

    private static final int TYPE_BITS = 0170000;
    private static final int SOCKET = 0140000;
    private static final int BLOCK = 0060000;
    private static final int CHARACTER = 0020000;

    @Override
    public String directory() {
        return "kubernetes.io~host-path";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.hostPath() != null;
    }

    @Override
    public void mount(VolumeContext context) throws IOException, VolumeException {
        var source = context.volume().hostPath();
        if (source != null) {
            check(Path.of(source.path()), source.type());
        }
    }

    @Override
    public Path path(VolumeContext context) throws VolumeException {
        var source = context.volume().hostPath();
        if (source == null) {
            throw new VolumeException("no hostPath");
        }
        return Path.of(source.path());
    }

    static void check(Path path, @Nullable String type) throws IOException, VolumeException {
        switch (type == null ? "" : type) {
            case "" -> {
                // Whatever is there; and a directory when there is nothing.
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                }
            }
            case "DirectoryOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createDirectories(path);
                }
                require(Files.isDirectory(path), path, "a directory");
            }
            case "FileOrCreate" -> {
                if (!Files.exists(path)) {
                    Files.createFile(path);
                }
                require(Files.isRegularFile(path), path, "a file");
            }
            case "Directory" -> require(Files.isDirectory(path), path, "a directory");
            case "File" -> require(Files.isRegularFile(path), path, "a file");
            case "Socket" -> require(is(path, SOCKET), path, "a socket file");
            case "CharDevice" -> require(is(path, CHARACTER), path, "a character device");
            case "BlockDevice" -> require(is(path, BLOCK), path, "a block device");
            default -> throw new VolumeException(type + " is an invalid volume type");
        }
    }

    private static boolean is(Path path, int type) throws IOException {
        return Files.exists(path)
                && ((int) Files.getAttribute(path, "unix:mode") & TYPE_BITS) == type;
    }

    private static void require(boolean holds, Path path, String what) throws VolumeException {
        if (!holds) {
            throw new VolumeException("hostPath type check failed: " + path + " is not " + what);
        }
    }
}
