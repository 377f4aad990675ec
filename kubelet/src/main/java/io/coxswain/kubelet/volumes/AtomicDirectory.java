package io.coxswain.kubelet.volumes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A directory whose files all change at once.
///
/// ```
/// ..2026_x/            the files of one version
/// ..data -> ..2026_x   swapped by a rename
/// key -> ..data/key    what users see
/// ```
final class AtomicDirectory {

    private static final String DATA = "..data";
    private static final String NEW_DATA = "..data_tmp";
    private static final int PATH_MAX = 4096;

    private final Path root;

    AtomicDirectory(Path root) {
        this.root = root;
    }

    /// Makes the directory hold exactly these files. False: it did already.
    boolean write(Map<String, FileContent> files) throws VolumeException, IOException {
        for (var path : files.keySet()) {
            check(path);
        }
        var before = currentVersion();
        if (before != null && holds(before, files)) {
            link(files.keySet());
            return false;
        }
        var version = Files.createTempDirectory(root, "..");
        Modes.set(version, 0755);
        for (var file : files.entrySet()) {
            writeFile(version.resolve(file.getKey()), file.getValue());
        }
        var swap = root.resolve(NEW_DATA);
        Files.deleteIfExists(swap);
        Files.createSymbolicLink(swap, version.getFileName());
        Files.move(swap, root.resolve(DATA), StandardCopyOption.ATOMIC_MOVE);
        link(files.keySet());
        unlinkOthers(files.keySet());
        if (before != null) {
            Trees.delete(before);
        }
        return true;
    }

    private static void check(String path) throws VolumeException {
        var parts = path.split("/", -1);
        var bad = path.isEmpty() || path.startsWith("/") || path.length() > PATH_MAX;
        for (var part : parts) {
            bad |= part.equals("..");
        }
        if (bad || parts[0].startsWith("..")) {
            throw new VolumeException("invalid path: " + path);
        }
    }

    private @Nullable Path currentVersion() throws IOException {
        try {
            return root.resolve(Files.readSymbolicLink(root.resolve(DATA)));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean holds(Path version, Map<String, FileContent> files) throws IOException {
        if (!Files.isDirectory(version)) {
            return false;
        }
        try (var walk = Files.walk(version)) {
            var there =
                    walk.filter(path -> !Files.isDirectory(path))
                            .map(path -> version.relativize(path).toString())
                            .collect(Collectors.toSet());
            if (!there.equals(normalized(files.keySet()))) {
                return false;
            }
        }
        for (var file : files.entrySet()) {
            var path = version.resolve(file.getKey());
            // The group may have been given more rights since; what was asked for must be there.
            var mode = Modes.get(path);
            var wanted = file.getValue().mode();
            if ((mode & wanted) != wanted
                    || !java.util.Arrays.equals(Files.readAllBytes(path), file.getValue().data())) {
                return false;
            }
        }
        return true;
    }

    private static Set<String> normalized(Set<String> paths) {
        return paths.stream()
                .map(path -> Path.of(path).normalize().toString())
                .collect(Collectors.toSet());
    }

    private static void writeFile(Path path, FileContent content) throws IOException {
        var parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(path, content.data());
        Modes.set(path, content.mode());
        var user = content.user();
        if (user != null) {
            Modes.owner(path, user);
        }
    }

    /// The first parts of the paths: what appears at the top of the volume.
    private static Set<String> tops(Set<String> paths) {
        return paths.stream()
                .map(path -> Path.of(path).normalize().getName(0).toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void link(Set<String> paths) throws IOException {
        for (var top : tops(paths)) {
            var link = root.resolve(top);
            if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of(DATA, top));
            }
        }
    }

    private void unlinkOthers(Set<String> paths) throws IOException {
        var wanted = tops(paths);
        try (var list = Files.list(root)) {
            for (var entry : list.toList()) {
                var name = String.valueOf(entry.getFileName());
                if (!name.startsWith("..")
                        && !wanted.contains(name)
                        && Files.isSymbolicLink(entry)) {
                    Files.delete(entry);
                }
            }
        }
    }
}
