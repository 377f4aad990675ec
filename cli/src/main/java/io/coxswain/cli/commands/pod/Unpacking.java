package io.coxswain.cli.commands.pod;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;

/// Unpacks what `tar` in a container wrote. A container is not trusted: nothing is written outside
/// the destination, links are left out.
final class Unpacking {

    private final String source;
    private final Path destination;
    private final PrintStream err;

    /// @param source the path in the container, which the names of the entries begin with
    Unpacking(String source, Path destination, PrintStream err) {
        this.source = clean(source);
        this.destination = destination.toAbsolutePath().normalize();
        this.err = err;
    }

    /// The number of entries.
    int unpack(InputStream archive) throws IOException {
        var tar = new TarInput(archive);
        var count = 0;
        for (var entry = tar.next(); entry != null; entry = tar.next()) {
            count++;
            var name = clean(entry.name());
            if (!name.equals(source) && !name.startsWith(source + "/") && !source.isEmpty()) {
                throw new IOException("tar contents corrupted");
            }
            var below = name.substring(Math.min(name.length(), source.length()));
            var file = destination.resolve(below.replaceFirst("^/+", "")).normalize();
            if (!file.startsWith(destination)) {
                err.println(
                        "warning: file \"%s\" is outside target destination, skipping"
                                .formatted(file));
                continue;
            }
            write(tar, entry, file);
        }
        archive.transferTo(OutputStream.nullOutputStream());
        return count;
    }

    private void write(TarInput tar, TarInput.Entry entry, Path file) throws IOException {
        switch (entry.type()) {
            case '5' -> Files.createDirectories(file);
            case '0' -> {
                if (Files.isDirectory(file)) {
                    throw new IOException("open " + file + ": is a directory");
                }
                var folder = file.getParent();
                if (folder != null) {
                    Files.createDirectories(folder);
                }
                if (linked(file)) {
                    throw new IOException("open " + file + ": too many levels of symbolic links");
                }
                try (var out = Files.newOutputStream(file)) {
                    tar.copy(entry, out);
                }
                Files.setPosixFilePermissions(file, permissions(entry.mode()));
            }
            default ->
                    err.println(
                            "warning: skipping symlink: \"%s\" -> \"%s\""
                                    .formatted(file, entry.target()));
        }
    }

    /// Whether a link that was here before would lead elsewhere.
    private boolean linked(Path file) {
        for (var at = file; at != null && !at.equals(destination); at = at.getParent()) {
            if (Files.isSymbolicLink(at)) {
                return true;
            }
        }
        return false;
    }

    private static EnumSet<PosixFilePermission> permissions(int mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        var all = PosixFilePermission.values();
        for (var i = 0; i < all.length; i++) {
            if ((mode & 1 << (all.length - 1 - i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }

    /// Without what `tar` leaves out too: slashes in front and behind, `./`.
    private static String clean(String path) {
        var text = path;
        while (text.startsWith("/") || text.startsWith("./")) {
            text = text.substring(text.indexOf('/') + 1);
        }
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return text.equals(".") ? "" : text;
    }
}
