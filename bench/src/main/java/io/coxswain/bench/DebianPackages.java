package io.coxswain.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Other people's programs from Debian's packages, unpacked into a folder and not installed: they
/// are compared with or used as clients, and nothing of them is needed to run a cluster.
public record DebianPackages(Path root) {

    /// Fetches what is not there yet into the user's cache.
    public static DebianPackages fetch(String... names) throws IOException {
        var cache = Path.of(System.getProperty("user.home"), ".cache", "coxswain", "debian");
        for (var name : names) {
            var done = cache.resolve("." + name);
            if (!Files.exists(done)) {
                unpack(cache, name);
                Files.createFile(done);
            }
        }
        return new DebianPackages(cache);
    }

    public Path resolve(String file) {
        return root.resolve(file);
    }

    private static void unpack(Path cache, String name) throws IOException {
        Files.createDirectories(cache);
        try (var folder = Folder.temporary("cox-packages")) {
            if (run(folder.path(), "apt-get", "-q", "download", name) != 0) {
                run(folder.path(), "apt-get", "-q", "update");
                require(run(folder.path(), "apt-get", "-q", "download", name), "fetch", name);
            }
            try (var files = Files.list(folder.path())) {
                for (var file : files.filter(it -> it.toString().endsWith(".deb")).toList()) {
                    var status = run(cache, "dpkg", "-x", file.toString(), cache.toString());
                    require(status, "unpack", name);
                }
            }
        }
    }

    private static void require(int status, String what, String name) throws IOException {
        if (status != 0) {
            throw new IOException("cannot " + what + " the package " + name);
        }
    }

    private static int run(Path folder, String... command) throws IOException {
        var process =
                new ProcessBuilder(new ArrayList<>(List.of(command)))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
