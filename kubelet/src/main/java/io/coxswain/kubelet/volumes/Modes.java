package io.coxswain.kubelet.volumes;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// Permission bits and owners of files, as numbers.
final class Modes {

    private static final int GROUP_READ_WRITE = 0660;
    private static final int DIRECTORY_EXTRA = 02110;

    private Modes() {}

    /// Sets the permission bits whatever the umask says.
    static void set(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    static int get(Path path) throws IOException {
        return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    static void owner(Path path, long user) throws IOException {
        Files.setAttribute(path, "unix:uid", (int) user, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean belongsTo(Path path, long group) throws IOException {
        return (int) Files.getAttribute(path, "unix:gid") == group;
    }

    /// Makes everything below readable and writable for a group; new files will belong to it too.
    static void giveToGroup(Path root, long group) throws IOException {
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        give(directory, group, DIRECTORY_EXTRA | GROUP_READ_WRITE);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (attributes.isSymbolicLink()) {
                            Files.setAttribute(
                                    file, "unix:gid", (int) group, LinkOption.NOFOLLOW_LINKS);
                        } else {
                            give(file, group, GROUP_READ_WRITE);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static void give(Path path, long group, int bits) throws IOException {
        Files.setAttribute(path, "unix:gid", (int) group, LinkOption.NOFOLLOW_LINKS);
        set(path, get(path) | bits);
    }
}
