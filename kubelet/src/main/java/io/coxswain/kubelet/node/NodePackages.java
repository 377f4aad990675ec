package io.coxswain.kubelet.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The programs of other people that a node needs, and how to get them on Debian and its children.
///
/// Installing starts no daemon that was not there: the packages' services are kept from starting,
/// since a node runs a containerd of its own.
public final class NodePackages {

    private static final Duration INSTALL_MAX = Duration.ofMinutes(10);

    private final HostCommands commands;
    private final Supplier<@Nullable Path> cniFolder;

    public NodePackages(HostCommands commands) {
        this(commands, CniPlugins::folder);
    }

    NodePackages(HostCommands commands, Supplier<@Nullable Path> cniFolder) {
        this.commands = commands;
        this.cniFolder = cniFolder;
    }

    /// Something a node needs: the program, its Debian package, and what it is for.
    public record Need(String program, String debianPackage, String purpose) {}

    /// What is missing on this host, in the order a person would want to read it.
    public List<Need> missing() {
        var missing = new ArrayList<Need>();
        for (var need : needs()) {
            if (!commands.has(need.program())) {
                missing.add(need);
            }
        }
        if (cniFolder.get() == null) {
            missing.add(
                    new Need(
                            "CNI plugins (" + String.join(", ", CniPlugins.NEEDED) + ")",
                            "containernetworking-plugins",
                            "connects pods to the network"));
        }
        return missing;
    }

    private static List<Need> needs() {
        return List.of(
                new Need("containerd", "containerd", "runs containers"),
                new Need("ctr", "containerd", "imports images"),
                new Need("runc", "runc", "starts containers for containerd"),
                new Need("nft", "nftables", "service addresses and network policies"),
                new Need("conntrack", "conntrack", "forgets connections to pods that are gone"),
                new Need("ip", "iproute2", "links and routes of pods"),
                new Need("mount", "mount", "volumes of pods"),
                new Need("setsid", "util-linux", "keeps containerd apart from the terminal"),
                new Need("busybox", "busybox-static", "the image of test and example pods"));
    }

    /// Says what is missing and why, then installs it. Does nothing when nothing is missing.
    public void install(Consumer<String> say) {
        var missing = missing();
        if (missing.isEmpty()) {
            return;
        }
        for (var need : missing) {
            say.accept("missing: %s (%s)".formatted(need.program(), need.purpose()));
        }
        if (!commands.has("apt-get")) {
            throw new HostException(advice(missing));
        }
        var packages = packages(missing);
        say.accept("installing with apt-get: " + String.join(" ", packages));
        installWithApt(packages);
        var still = missing();
        if (!still.isEmpty()) {
            throw new HostException("still missing after installing: " + still);
        }
    }

    /// What to tell a person whose system has no apt-get, or who wants no packages installed.
    public static String advice(List<Need> missing) {
        var names = missing.stream().map(Need::program).distinct().toList();
        return "this node lacks "
                + String.join(", ", names)
                + "; install them with the system's package manager (on Debian: apt-get install "
                + String.join(" ", packages(missing))
                + "), or use --node=none";
    }

    private static List<String> packages(List<Need> missing) {
        var packages = new LinkedHashSet<String>();
        missing.forEach(need -> packages.add(need.debianPackage()));
        return List.copyOf(packages);
    }

    private void installWithApt(List<String> packages) {
        var first = apt(packages);
        if (first.ok()) {
            return;
        }
        // A fresh machine has no package lists, or old ones.
        var update = apt("update", List.of());
        var second = apt(packages);
        if (!second.ok()) {
            throw new HostException(
                    "apt-get could not install "
                            + String.join(" ", packages)
                            + ":\n"
                            + tail(update.ok() ? second.output() : update.output()));
        }
    }

    private HostCommands.Result apt(List<String> packages) {
        return apt("install", packages);
    }

    private HostCommands.Result apt(String verb, List<String> packages) {
        var command = new ArrayList<String>();
        command.addAll(List.of("apt-get", "-o", "DPkg::Lock::Timeout=120", "-q", "-y"));
        if (!packages.isEmpty()) {
            command.add("--no-install-recommends");
        }
        command.add(verb);
        command.addAll(packages);
        var environment = Map.of("DEBIAN_FRONTEND", "noninteractive", "NEEDRESTART_MODE", "l");
        try (var _ = DaemonPolicy.deny()) {
            return commands.run(INSTALL_MAX, environment, command);
        }
    }

    private static String tail(String output) {
        var lines = output.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }
}
