package io.coxswain.kubelet.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the CNI plugins lie on this host.
public final class CniPlugins {

    /// Debian's place, then the one that everybody else uses.
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/lib/cni"), Path.of("/opt/cni/bin"), Path.of("/usr/libexec/cni"));

    static final List<String> NEEDED = List.of("bridge", "host-local", "loopback");

    private CniPlugins() {}

    /// The folder that has all the plugins a node needs; `null` if there is none.
    public static @Nullable Path folder() {
        return FOLDERS.stream().filter(CniPlugins::complete).findFirst().orElse(null);
    }

    static boolean complete(Path folder) {
        return NEEDED.stream().allMatch(p -> Files.isExecutable(folder.resolve(p)));
    }
}
