package io.coxswain.cluster.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One command of `cox`.
public interface Command {

    /// Runs to the end and returns the exit code.
    /// Throws [io.coxswain.base.flags.UsageError] or [io.coxswain.cluster.StartupException].
    int run(List<String> args);

    /// The record of its flags, for `--help`; null when it takes none, or answers `--help` itself.
    default @Nullable Class<? extends Record> flags() {
        return null;
    }
}
