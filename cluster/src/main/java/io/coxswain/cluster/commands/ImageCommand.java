package io.coxswain.cluster.commands;

import io.coxswain.base.Clock;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.flags.UsageError;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.NodeAgent;
import io.coxswain.cluster.NodePlaces;
import io.coxswain.kubelet.image.ImageImporter;
import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.HostException;
import java.nio.file.Path;
import java.util.List;

/// `cox image import FILE.tar` and `cox image ls`: the images of this machine's node.
record ImageCommand() implements Command {

    @Override
    public Class<ServerFlags> flags() {
        return ServerFlags.class;
    }

    @Override
    public int run(List<String> args) {
        var parsed = FlagSet.of(ServerFlags.class).parse(args);
        var data = new DataDirectory(parsed.flags().directory().toAbsolutePath());
        var images =
                new ImageImporter(
                        HostCommands.host(), NodeAgent.socket(NodePlaces.of(data), Clock.SYSTEM));
        var words = parsed.arguments();
        try {
            if (words.equals(List.of("ls"))) {
                images.names().forEach(System.out::println);
                return 0;
            }
            if (words.size() == 2 && words.getFirst().equals("import")) {
                images.load(Path.of(words.get(1)));
                System.out.println("imported " + words.get(1));
                return 0;
            }
        } catch (HostException e) {
            System.err.println("error: " + e.getMessage());
            return 1;
        }
        throw new UsageError("expected: cox image import FILE.tar, or cox image ls");
    }
}
