package io.coxswain.cluster;

import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.flags.UsageError;
import io.coxswain.cluster.commands.Commands;
import java.util.List;

/// The program `cox`: finds the command and runs it.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var code = run(List.of(args));
        Interrupts.stopped();
        Runtime.getRuntime().halt(code);
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
        } catch (StartupException e) {
            System.err.println("error: " + e.getMessage());
            return 1;
        }
    }
}
