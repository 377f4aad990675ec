package io.coxswain.cli;

import io.coxswain.base.flags.FlagSet;
import java.io.PrintStream;

/// The texts of `--help`.
final class Help {

    private Help() {}

    static void program(PrintStream out) {
        out.println("kubectl controls the Kubernetes cluster manager.\n");
        out.println("Find more information at: https://kubernetes.io/docs/reference/kubectl/\n");
        out.println("Commands:");
        for (var line : Commands.ALL) {
            out.printf("  %-14s  %s%n", line.name(), line.summary());
        }
        out.println();
        out.println("Usage:\n  kubectl [flags] [options]\n");
        out.println("Use \"kubectl <command> --help\" for more information about a given command.");
        out.println("The following options can be passed to any command:\n");
        out.print(FlagSet.of(GlobalFlags.class).help());
    }

    static void command(Command command, PrintStream out) {
        out.println(command.summary() + ".\n");
        if (!command.children().isEmpty()) {
            out.println("Available Commands:");
            for (var line : command.children()) {
                out.printf("  %-14s  %s%n", line.name(), line.summary());
            }
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
        }
    }
}
