package io.coxswain.kubelet.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel lets this process do.
public final class HostRights {

    private static final int CAP_SYS_RESOURCE = 24;

    private HostRights() {}

    /// Whether negative OOM scores may be set. Root in a container often may not; containerd then
    /// has to clamp them, else no pod starts.
    public static boolean mayLowerOomScore() {
        try {
            return mayLowerOomScore(Files.readString(Path.of("/proc/self/status")));
        } catch (IOException e) {
            return false;
        }
    }

    static boolean mayLowerOomScore(String status) {
        return status.lines()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(set -> (set >>> CAP_SYS_RESOURCE & 1) == 1);
    }
}
