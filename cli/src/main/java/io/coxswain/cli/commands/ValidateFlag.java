package io.coxswain.cli.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;

/// `--validate`.
public record ValidateFlag(
        @Flag(
                        value =
                                "Must be one of: strict (or true), warn, ignore (or false). How"
                                        + " unknown or duplicate fields are dealt with.",
                        def = "strict",
                        bare = "strict")
                String validate) {

    /// The parameter `fieldValidation`.
    public String parameter() {
        return switch (validate) {
            case "strict", "true" -> "Strict";
            case "warn" -> "Warn";
            case "ignore", "false" -> "Ignore";
            default ->
                    throw new CliError(
                            "invalid - validate option \""
                                    + validate
                                    + "\"; must be one of: strict (or true), warn, ignore (or"
                                    + " false)");
        };
    }

    public boolean checks() {
        return !parameter().equals("Ignore");
    }
}
