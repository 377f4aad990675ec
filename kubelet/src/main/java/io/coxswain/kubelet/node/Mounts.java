package io.coxswain.kubelet.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Mounts and unmounts. Each call leaves things as they are when they are already so.
public final class Mounts {

    private final HostCommands commands;

    public Mounts(HostCommands commands) {
        this.commands = commands;
    }

    /// Makes the folder a mount of its own that passes mounts on, so that what is mounted below it
    /// later can appear in containers, and the other way round. Needed where `/` is mounted
    /// private.
    public void share(Path folder) {
        create(folder);
        var entry = MountTable.read().at(folder);
        if (entry == null) {
            commands.require("mount", "--bind", folder.toString(), folder.toString());
        }
        if (entry == null || !entry.shared()) {
            commands.require("mount", "--make-rshared", folder.toString());
        }
    }

    /// Makes `source` appear at `target` too, with what is mounted below it.
    public void bind(Path source, Path target, boolean readOnly) {
        if (MountTable.read().at(target) != null) {
            return;
        }
        commands.require("mount", "--rbind", source.toString(), target.toString());
        if (readOnly) {
            commands.require("mount", "-o", "remount,bind,ro", target.toString());
        }
    }

    /// Mounts a file system in memory; `options` such as `size=64m,mode=0777`, or empty.
    public void tmpfs(Path target, String options) {
        create(target);
        var entry = MountTable.read().at(target);
        if (entry != null && entry.type().equals("tmpfs")) {
            return;
        }
        var all = options.isEmpty() ? "rw" : "rw," + options;
        commands.require("mount", "-t", "tmpfs", "-o", all, "tmpfs", target.toString());
    }

    /// Unmounts whatever is mounted at exactly this path, however often.
    public void unmount(Path target) {
        while (MountTable.read().at(target) != null) {
            unmountOnce(target.toString());
        }
    }

    /// Unmounts everything at or below the folder, innermost first.
    public void unmountUnder(Path folder) {
        for (var entry : MountTable.read().under(folder)) {
            unmountOnce(entry.path());
        }
    }

    /// What is still in use is detached: it vanishes from the tree now, and for good with its last
    /// user.
    private void unmountOnce(String path) {
        if (!commands.run("umount", path).ok()) {
            commands.require("umount", "-l", path);
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new HostException("cannot make the folder " + folder, e);
        }
    }
}
