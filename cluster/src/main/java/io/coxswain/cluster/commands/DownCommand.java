package io.coxswain.cluster.commands;

import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.HostAddress;
import io.coxswain.cluster.NodeAgent;
import io.coxswain.cluster.NodeNetwork;
import io.coxswain.cluster.NodePlaces;
import io.coxswain.cluster.PidFile;
import io.coxswain.cluster.StartupException;
import io.coxswain.kubelet.node.HostCommands;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// `cox down`: stops the cluster on a data directory, or clears away what a killed one has left.
record DownCommand() implements Command {

    @Override
    public Class<ServerFlags> flags() {
        return ServerFlags.class;
    }

    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    @Override
    public int run(List<String> args) {
        var flags = FlagSet.of(ServerFlags.class).parse(args).flags();
        var data = new DataDirectory(flags.directory().toAbsolutePath());
        if (!Files.isDirectory(data.root())) {
            System.out.println("There is no cluster on " + data.root() + ".");
            return 0;
        }
        var pid = PidFile.holder(data);
        if (pid > 0) {
            stop(pid);
            System.out.println("Stopped.");
            return 0;
        }
        if (HostAddress.root() && !NodeAgent.claim(NodePlaces.of(data)).foreign()) {
            try (var loops = new ThreadLoops(Clock.SYSTEM)) {
                NodeNetwork.cleanUp();
                NodeAgent.stopHost(NodePlaces.of(data), HostCommands.host(), loops);
            }
        }
        System.out.println("No cluster was running on " + data.root() + "; leftovers are removed.");
        return 0;
    }

    private static void stop(long pid) {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroy();
        try {
            process.onExit().get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new StartupException(
                    "process " + pid + " did not stop within " + STOP_MAX.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
