package io.coxswain.cluster.commands;

import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Clock;
import io.coxswain.base.flags.Flag;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.cluster.Cluster;
import io.coxswain.cluster.ClusterConfiguration;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.HostAddress;
import io.coxswain.cluster.Interrupts;
import io.coxswain.cluster.PidFile;
import io.coxswain.cluster.Progress;
import io.coxswain.cluster.StartupException;
import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.HostException;
import io.coxswain.kubelet.node.NodePackages;
import java.util.List;

/// `cox up`: a cluster on this machine, in the foreground, until Ctrl-C.
record UpCommand() implements Command {

    record Flags(
            ServerFlags server,
            @Flag(value = "Whether to install missing node packages: auto or never", def = "auto")
                    String installPackages,
            @Flag("Runs in the background; returns when the cluster is ready") boolean detach,
            @Flag(value = "The node: auto, real or none", def = "auto") String node) {}

    @Override
    public Class<Flags> flags() {
        return Flags.class;
    }

    @Override
    public int run(List<String> args) {
        var flags = FlagSet.of(Flags.class).parse(args).flags();
        if (flags.detach()) {
            return new DetachedUp(DataDirectory.open(flags.server().directory())).run(args);
        }
        var progress = new Progress(System.out, Clock.SYSTEM);
        var real = realNode(flags.node());
        if (!real && !flags.node().equals("none")) {
            progress.say(
                    "Without root on Linux no containers can be run: control plane only, no node.");
        }
        if (real) {
            preparePackages(flags.installPackages(), progress);
        }
        var data = DataDirectory.open(flags.server().directory());
        var configuration =
                new ClusterConfiguration(
                        ApiServerCommand.configuration(flags.server(), true),
                        real,
                        podCidr(flags.server().clusterCidr()));
        try (var _ = PidFile.take(data);
                var cluster = Cluster.start(configuration, data, progress)) {
            var uri = cluster.controlPlane().uri();
            flags.server().writeKubeconfig(data, cluster.pki(), uri);
            progress.say("Cluster is ready in %.1f s: %s".formatted(progress.seconds(), uri));
            Interrupts.await();
            progress.say("Stopping …");
        }
        return 0;
    }

    private static boolean realNode(String choice) {
        var possible = HostAddress.root() && System.getProperty("os.name").startsWith("Linux");
        return switch (choice) {
            case "auto" -> possible;
            case "none" -> false;
            case "real" -> {
                if (!possible) {
                    throw new StartupException("--node=real needs root on Linux");
                }
                yield true;
            }
            default ->
                    throw new StartupException("--node must be auto, real or none, not " + choice);
        };
    }

    private static void preparePackages(String choice, Progress progress) {
        var packages = new NodePackages(HostCommands.host());
        var missing = packages.missing();
        if (missing.isEmpty()) {
            return;
        }
        if (choice.equals("never")) {
            throw new StartupException(NodePackages.advice(missing));
        }
        try {
            packages.install(progress::say);
        } catch (HostException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
        progress.done("node packages installed");
    }

    /// The first /24 of the cluster's pod range.
    private static String podCidr(String clusterCidr) {
        return AddressRange.parse(clusterCidr).at(0) + "/24";
    }
}
