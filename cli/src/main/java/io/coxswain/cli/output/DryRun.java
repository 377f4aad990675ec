package io.coxswain.cli.output;

import io.coxswain.cli.CliError;
import java.io.PrintStream;

/// `--dry-run`: whether to send anything, and whether the server keeps it.
public enum DryRun {
    NONE(""),
    CLIENT(" (dry run)"),
    SERVER(" (server dry run)");

    /// What is added to the message about what was done.
    private final String remark;

    DryRun(String remark) {
        this.remark = remark;
    }

    public String remark() {
        return remark;
    }

    public boolean client() {
        return this == CLIENT;
    }

    public boolean server() {
        return this == SERVER;
    }

    public static DryRun parse(String value, PrintStream err) {
        return switch (value) {
            case "client" -> CLIENT;
            case "server" -> SERVER;
            case "none", "", "false" -> NONE;
            case "unchanged", "true" -> {
                err.println(
                        "Warning: --dry-run is deprecated and can be replaced with"
                                + " --dry-run=client.");
                yield CLIENT;
            }
            default ->
                    throw new CliError(
                            "Invalid dry-run value ("
                                    + value
                                    + "). Must be \"none\", \"server\", or \"client\".");
        };
    }
}
