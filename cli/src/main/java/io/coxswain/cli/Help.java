package io.coxswain.cli;

import io.coxswain.base.flags.FlagSet;
import io.coxswain.cli.Command.Line;
import java.io.PrintStream;
import java.util.List;

/// The texts of `--help`.
final class Help {

    private static final int NAME_WIDTH_MIN = 11;

    private Help() {}

    static void program(PrintStream out) {
        out.println("kubectl controls the Kubernetes cluster manager.\n");
        out.println("Find more information at: https://kubernetes.io/docs/reference/kubectl/\n");
        out.println("Commands:");
        lines(Commands.ALL, out);
        out.println();
        out.println("Usage:\n  kubectl [flags] [options]\n");
        out.println("Use \"kubectl <command> --help\" for more information about a given command.");
        out.println(
                "Use \"kubectl options\" for a list of global command-line options (applies to all"
                        + " commands).");
    }

    /// `kubectl options`.
    static void options(PrintStream out) {
        out.println("The following options can be passed to any command:\n");
        out.print(FlagSet.of(GlobalFlags.class).help());
    }

    private static void lines(List<Line> lines, PrintStream out) {
        var shown = lines.stream().filter(line -> !line.isAlias()).toList();
        var width = shown.stream().mapToInt(line -> line.name().length()).max().orElse(0);
        for (var line : shown) {
            var gap = " ".repeat(Math.max(NAME_WIDTH_MIN, width) + 3 - line.name().length());
            out.println("  " + line.name() + gap + line.summary());
        }
    }

    static void command(Command command, PrintStream out) {
        out.println(command.summary() + ".\n");
        if (!command.children().isEmpty()) {
            out.println("Available Commands:");
            lines(command.children(), out);
            out.println();
        }
        var runner = command.run();
        if (runner != null) {
            out.println("Options:");
            out.print(runner.help());
        }
        out.println("Usage:\n  kubectl " + command.usage() + "\n");
        if (!command.children().isEmpty()) {
            out.println(
                    "Use \"kubectl "
                            + command.name()
                            + " <command> --help\" for more information about a given command.");
            out.println(
                    "Use \"kubectl options\" for a list of global command-line options (applies to"
                            + " all commands).");
        }
    }
}
