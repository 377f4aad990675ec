package io.coxswain.conformance;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Programs of others, fetched with the system's package clients into `target/packages` and never
/// installed. A test that cannot have its program is skipped and says so.
public final class Packages {

    private Packages() {}

    /// The root of an unpacked Debian package.
    public static Path debian(String name) {
        var root = folder().resolve("debian-" + name);
        if (Files.isDirectory(root)) {
            return root;
        }
        var download = made(folder().resolve("download-" + name));
        var fetched = run(download, List.of("apt-get", "download", name));
        if (!fetched.ok()) {
            run(download, List.of("apt-get", "update"));
            fetched = run(download, List.of("apt-get", "download", name));
        }
        if (!fetched.ok()) {
            skip(name, fetched);
        }
        var file = only(download);
        var draft = folder().resolve("draft-" + name);
        run(download, List.of("dpkg", "-x", file.toString(), draft.toString())).wanted();
        try {
            Files.move(draft, root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root;
    }

    /// A folder with the npm packages that `package-lock.json` of a resource folder pins.
    public static Path npm(String resources) {
        var source = Server.top().resolve("conformance/src/test/resources").resolve(resources);
        var root = made(folder().resolve("npm-" + resources));
        copy(source, root);
        if (Files.isDirectory(root.resolve("node_modules"))) {
            return root;
        }
        var installed =
                run(root, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
        if (!installed.ok()) {
            skip(resources, installed);
        }
        return root;
    }

    private static void copy(Path from, Path to) {
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.writeString(to.resolve(file.getFileName()), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void skip(String name, Program.Result failure) {
        var message = "SKIPPED: " + name + " cannot be fetched: " + failure.all().strip();
        System.err.println(message);
        abort(message);
    }

    private static Program.Result run(Path directory, List<String> command) {
        try {
            return Program.run(directory, Map.of(), command);
        } catch (UncheckedIOException e) {
            return new Program.Result(command, 127, "", String.valueOf(e.getMessage()));
        }
    }

    private static Path folder() {
        return made(Server.top().resolve("conformance/target/packages"));
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path only(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing in " + directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
