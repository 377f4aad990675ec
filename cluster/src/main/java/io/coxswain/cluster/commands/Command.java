package io.coxswain.cluster.commands;

import java.util.List;

/// One command of `cox`.
public interface Command {

    /// Runs to the end and returns the exit code.
    /// Throws [io.coxswain.base.flags.UsageError] or [io.coxswain.cluster.StartupException].
    int run(List<String> args);
}
