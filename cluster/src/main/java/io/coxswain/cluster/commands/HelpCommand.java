package io.coxswain.cluster.commands;

import java.util.List;

/// `cox help`.
record HelpCommand() implements Command {

    @Override
    public int run(List<String> args) {
        System.out.println("cox: Kubernetes on the JVM\n\nCommands:");
        for (var line : Commands.ALL) {
            System.out.printf("  %-24s %s%n", line.name(), line.summary());
        }
        System.out.println("\nUse 'cox COMMAND --help' for the flags of a command.");
        return 0;
    }
}
