package io.coxswain.cli.commands;

import io.coxswain.base.flags.Flag;

/// `--dry-run`.
public record DryRunFlag(
        @Flag(
                        value =
                                "Must be \"none\", \"server\", or \"client\". If client strategy,"
                                        + " only print the object that would be sent, without"
                                        + " sending it. If server strategy, submit server-side"
                                        + " request without persisting the resource.",
                        def = "none",
                        bare = "unchanged")
                String dryRun) {}
