package io.coxswain.kubelet.node;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads and writes the files that cgroups are made of. A group that vanishes meanwhile is an empty
/// one.
final class CgroupFiles {

    private CgroupFiles() {}

    /// The folder of a group below a mount.
    static Path folder(Path mount, String group) {
        if (!group.startsWith("/") || group.contains("/../") || group.endsWith("/..")) {
            throw new IllegalArgumentException("not a cgroup: " + group);
        }
        return mount.resolve(group.substring(1));
    }

    static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new HostException("cannot make the cgroup " + folder, e);
        }
    }

    static void write(Path file, long value) {
        write(file, Long.toString(value));
    }

    static void write(Path file, String value) {
        try {
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new HostException(
                    "cannot write " + value + " to " + file + ": " + e.getMessage(), e);
        }
    }

    static @Nullable String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return null;
        }
    }

    static long number(Path file) {
        var text = read(file);
        return text == null || !text.matches("\\d+") ? 0 : Long.parseLong(text);
    }

    /// The value behind `key` in a file of `key value` lines.
    static long field(Path file, String key) {
        var text = read(file);
        if (text == null) {
            return 0;
        }
        return text.lines()
                .filter(line -> line.startsWith(key + " "))
                .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    static List<String> children(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The group and all groups inside it, innermost first.
    static List<Path> tree(Path folder) {
        var found = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            children(folder).forEach(child -> found.addAll(tree(folder.resolve(child))));
            found.add(folder);
        }
        return found;
    }

    static List<Long> processes(Path folder) {
        var found = new ArrayList<Long>();
        for (var group : tree(folder)) {
            var text = read(group.resolve("cgroup.procs"));
            if (text != null) {
                text.lines().map(Long::valueOf).forEach(found::add);
            }
        }
        return found;
    }

    static boolean remove(Path folder) {
        for (var group : tree(folder)) {
            try {
                Files.deleteIfExists(group);
            } catch (NoSuchFileException | DirectoryNotEmptyException e) {
                // Somebody else is at it; the next round tells.
            } catch (FileSystemException e) {
                return false; // Busy: a process is still in it.
            } catch (IOException e) {
                throw new HostException("cannot remove the cgroup " + group, e);
            }
        }
        return !Files.isDirectory(folder);
    }
}
