package io.coxswain.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The files of one cluster, or of one node of it.
public record DataDirectory(Path root) {

    /// Throws [StartupException] when the directory cannot be made or written.
    public static DataDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            var probe = Files.createTempFile(root, ".write-test", "");
            Files.delete(probe);
            closeToOthers(root.resolve("store"));
        } catch (IOException e) {
            throw new StartupException(
                    "the data directory "
                            + root
                            + " cannot be written: "
                            + e.getMessage()
                            + ". Choose another one with --data-dir.");
        }
        return new DataDirectory(root.toAbsolutePath());
    }

    /// What is stored is its owner's alone, even where it is not encrypted.
    private static void closeToOthers(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    /// `/var/lib/coxswain` for root, a place in the home directory for others.
    public static Path standard(boolean root, Path home) {
        return root ? Path.of("/var/lib/coxswain") : home.resolve(".local/share/coxswain");
    }

    public Path pki() {
        return root.resolve("pki");
    }

    public Path store() {
        return root.resolve("store");
    }

    public Path containerd() {
        return root.resolve("containerd");
    }

    public Path kubelet() {
        return root.resolve("kubelet");
    }

    public Path images() {
        return root.resolve("images");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path adminKubeconfig() {
        return root.resolve("admin.kubeconfig");
    }

    public Path schedulerKubeconfig() {
        return root.resolve("scheduler.kubeconfig");
    }

    /// The process id of the `cox up` that runs on this directory.
    public Path pidFile() {
        return root.resolve("cox.pid");
    }
}
