package io.coxswain.cluster.commands;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `cox up`: a cluster on this machine, in the foreground, until Ctrl-C.
record UpCommand() implements Command {

    record Flags(
            ServerFlags server,
            @Flag(value = "Whether to install missing node packages: auto or never", def = "auto")
                    String installPackages,
            @Flag("Runs in the background; returns when the cluster is ready") boolean detach,
            @Flag(value = "The node: auto, real or none", def = "auto") String node,
            @Flag("Nodes that only play what a node does; 1 by default where no real one can be")
                    @Nullable Integer simulatedNodes) {}

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
                    "Without root on Linux no containers can be run: pods will go to simulated"
                            + " nodes, which only pretend to run them.");
        }
        if (real) {
            Packages.prepare(flags.installPackages(), progress);
        }
        var data = DataDirectory.open(flags.server().directory());
        var configuration =
                new ClusterConfiguration(
                        ApiServerCommand.configuration(flags.server(), true),
                        real,
                        simulated(flags, real));
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

    private static int simulated(Flags flags, boolean real) {
        var count = flags.simulatedNodes();
        if (count == null) {
            return real || flags.node().equals("none") ? 0 : 1;
        }
        if (count < 0) {
            throw new StartupException("--simulated-nodes must not be negative");
        }
        return count;
    }
}
