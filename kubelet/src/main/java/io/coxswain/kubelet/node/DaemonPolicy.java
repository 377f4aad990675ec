package io.coxswain.kubelet.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Keeps Debian packages from starting their daemons for as long as it is open, by the file that
/// Debian provides for it. A policy that the machine's owner has set is left alone.
final class DaemonPolicy implements AutoCloseable {

    private static final Path FILE = Path.of("/usr/sbin/policy-rc.d");
    private static final String DENY =
            "#!/bin/sh\n# written by coxswain while it installs\nexit 101\n";

    private final boolean ours;

    private DaemonPolicy(boolean ours) {
        this.ours = ours;
    }

    static DaemonPolicy deny() {
        if (Files.exists(FILE) || !Files.isWritable(FILE.getParent())) {
            return new DaemonPolicy(false);
        }
        try {
            Files.writeString(FILE, DENY);
            Files.setPosixFilePermissions(FILE, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new DaemonPolicy(true);
        } catch (IOException e) {
            throw new HostException("cannot write " + FILE, e);
        }
    }

    @Override
    public void close() {
        if (!ours) {
            return;
        }
        try {
            Files.deleteIfExists(FILE);
        } catch (IOException e) {
            throw new HostException("cannot remove " + FILE, e);
        }
    }
}
