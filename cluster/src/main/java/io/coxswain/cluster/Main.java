package io.coxswain.cluster;

import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.flags.UsageError;
import io.coxswain.cluster.commands.Commands;
import io.coxswain.kubelet.node.HostException;
import java.io.UncheckedIOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program `cox`: finds the command and runs it.
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    public static void main(String[] args) {
        var code = 1;
        try {
            code = run(List.of(args));
        } catch (RuntimeException e) {
            LOG.error("cox has failed", e);
        } finally {
            // Ends it also while an interrupt waits for everything to be cleaned up.
            Runtime.getRuntime().halt(code);
        }
    }

    /// The exit code.
    static int run(List<String> args) {
        var name = args.isEmpty() ? "help" : args.getFirst();
        var command = Commands.find(name);
        if (command == null) {
            System.err.println("error: unknown command \"" + name + "\" for \"cox\"");
            System.err.println("Run 'cox help' for the list of commands.");
            return 1;
        }
        var flags = command.flags();
        if (flags != null && args.contains("--help")) {
            System.out.print(FlagSet.of(flags).help());
            return 0;
        }
        try {
            return command.run(args.isEmpty() ? args : args.subList(1, args.size()));
        } catch (UsageError e) {
            System.err.println("error: " + e.getMessage());
            System.err.println("See 'cox " + name + " --help' for usage.");
            return 1;
        } catch (StartupException | HostException | UncheckedIOException e) {
            System.err.println("error: " + e.getMessage());
            return 1;
        }
    }
}
