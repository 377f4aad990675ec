package io.coxswain.kubelet.image;

import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Puts images from archives into a containerd, where the kubelet finds them without a registry.
///
/// containerd tells its CRI plugin of a new image a moment later: one that was just imported may
/// not be listed at once.
public final class ImageImporter {

    private static final Duration IMPORT_MAX = Duration.ofMinutes(10);

    private final HostCommands commands;
    private final Path socket;

    public ImageImporter(HostCommands commands, Path containerdSocket) {
        this.commands = commands;
        this.socket = containerdSocket;
    }

    /// Imports an OCI or Docker archive under the names it carries.
    public void load(Path archive) {
        if (!Files.isReadable(archive)) {
            throw new HostException("cannot read " + archive);
        }
        var result =
                commands.run(IMPORT_MAX, Map.of(), ctr("images", "import", archive.toString()));
        if (!result.ok()) {
            throw new HostException(
                    "containerd did not take " + archive + ": " + result.output().strip());
        }
    }

    /// Imports an image that was built here.
    public void load(ImageArchive image) {
        try {
            var file = Files.createTempFile("coxswain-image", ".tar");
            try {
                image.write(file);
                load(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new HostException("cannot write an archive of " + image.name(), e);
        }
    }

    /// The names of all images that Kubernetes can use here.
    public List<String> names() {
        var result = commands.run(IMPORT_MAX, Map.of(), ctr("images", "list", "-q"));
        if (!result.ok()) {
            throw new HostException("cannot list images: " + result.output().strip());
        }
        return result.output().lines().filter(name -> !name.startsWith("sha256:")).toList();
    }

    private List<String> ctr(String... arguments) {
        var command = new ArrayList<>(List.of("ctr", "-a", socket.toString(), "-n", "k8s.io"));
        command.addAll(List.of(arguments));
        return command;
    }
}
