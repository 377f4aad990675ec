package io.coxswain.cluster.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The commands of `cox`.
public final class Commands {

    /// One line of the list.
    record Line(String name, String summary, Command command) {}

    static final List<Line> ALL =
            List.of(
                    new Line("up", "Run a cluster on this machine", new UpCommand()),
                    new Line("down", "Stop the cluster on this machine", new DownCommand()),
                    new Line(
                            "server",
                            "Run a control plane without a node",
                            new ApiServerCommand(true)),
                    new Line(
                            "kube-apiserver",
                            "Run the API server alone, on its own store",
                            new ApiServerCommand(false)),
                    new Line("agent", "Join a cluster as one more node", new AgentCommand()),
                    new Line(
                            "token",
                            "Make, list or delete the tokens to join with",
                            new TokenCommand()),
                    new Line("kubectl", "Talk to a cluster", new KubectlCommand()),
                    new Line("image", "Import or list the node's images", new ImageCommand()),
                    new Line(
                            "install-packages",
                            "Install what a node needs",
                            new InstallPackagesCommand()),
                    new Line(
                            "train",
                            "Make the run that the JVM's start-up cache is built from",
                            new TrainCommand()),
                    new Line("version", "Print the version", new VersionCommand()),
                    new Line("help", "Print this list", new HelpCommand()));

    private Commands() {}

    public static @Nullable Command find(String name) {
        var wanted = name.equals("--help") || name.equals("-h") ? "help" : name;
        return ALL.stream()
                .filter(line -> line.name().equals(wanted))
                .map(Line::command)
                .findFirst()
                .orElse(null);
    }
}
