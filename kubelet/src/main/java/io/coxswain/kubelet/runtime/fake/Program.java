package io.coxswain.kubelet.runtime.fake;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command would do if it ran: the fake runtime's stand-in for a process.
@FunctionalInterface
public interface Program {

    /// `command` is empty when the pod leaves it to the image.
    Run run(String image, List<String> command);

    /// Understands a few words of shell; see [ShellProgram].
    Program SHELL = new ShellProgram();

    sealed interface Run {

        /// Runs until it is stopped. On the stop signal it ends with `codeOnStop`; `null`: it
        /// ignores the signal and must be killed.
        record Forever(@Nullable Integer codeOnStop, String stdout) implements Run {}

        /// Ends by itself.
        record Ends(Duration after, int exitCode, String stdout, String stderr) implements Run {}

        /// There is no such program.
        record CannotStart(String message) implements Run {}
    }
}
