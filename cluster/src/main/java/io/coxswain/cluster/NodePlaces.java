package io.coxswain.cluster;

import io.coxswain.kubelet.NodeHost;
import io.coxswain.kubelet.node.CgroupTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a node keeps what it has on a machine. Two nodes of one machine differ in all of it, and
/// each is in a network namespace of its own.
///
/// @param bridge the link that its pods are on
/// @param cgroupRoot the control group of everything it runs; empty for the top
public record NodePlaces(DataDirectory data, String bridge, String cgroupRoot) {

    public static final String BRIDGE = "cox0";

    /// Throws [StartupException] for names that are none.
    public NodePlaces {
        if (!bridge.matches("[a-z][a-z0-9-]{0,14}")) {
            throw new StartupException("--bridge: not a name for a network link: " + bridge);
        }
        if (!cgroupRoot.matches("(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")) {
            throw new StartupException(
                    "--cgroup-root: not the path of a control group: " + cgroupRoot);
        }
    }

    /// Where a node that was started on `data` keeps its things.
    public static NodePlaces of(DataDirectory data) {
        try {
            var lines =
                    Files.exists(note(data)) ? Files.readAllLines(note(data)) : List.<String>of();
            return lines.size() < 2
                    ? new NodePlaces(data, BRIDGE, "")
                    : new NodePlaces(data, lines.get(0), lines.get(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// So that `cox down` and `cox image` find them.
    void remember() {
        try {
            Files.writeString(note(data), bridge + "\n" + cgroupRoot + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CgroupTree cgroups() {
        return new CgroupTree(cgroupRoot);
    }

    NodeHost.Settings host() {
        return new NodeHost.Settings(data.root(), bridge, cgroups());
    }

    private static Path note(DataDirectory data) {
        return data.root().resolve("node-places");
    }
}
