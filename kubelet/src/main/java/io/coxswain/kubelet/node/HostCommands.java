package io.coxswain.kubelet.node;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Runs programs of the host and waits for them.
public interface HostCommands {

    /// Runs a command to its end. One that takes longer is killed and fails like any other.
    Result run(Duration timeMax, Map<String, String> environment, List<String> command);

    /// Whether a program of this name is on the path (or in the folders where root finds programs).
    boolean has(String program);

    default Result run(String... command) {
        return run(Duration.ofSeconds(30), Map.of(), List.of(command));
    }

    /// Runs a command that has to succeed.
    default String require(String... command) {
        var result = run(command);
        if (result.exitCode() != 0) {
            throw new HostException(
                    "%s failed with exit code %d: %s"
                            .formatted(
                                    String.join(" ", command),
                                    result.exitCode(),
                                    result.output().strip()));
        }
        return result.output();
    }

    /// The exit code, and both output streams as one.
    record Result(int exitCode, String output) {
        public boolean ok() {
            return exitCode == 0;
        }
    }

    /// The programs of this machine.
    static HostCommands host() {
        return new ProcessCommands();
    }
}
