package io.coxswain.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs that end by themselves.
public final class Program {

    private static final Duration RUN_MAX = Duration.ofMinutes(3);

    private Program() {}

    /// What a program that has ended said.
    public record Result(List<String> command, int exitCode, String output, String errors) {

        public boolean ok() {
            return exitCode == 0;
        }

        /// Both streams, for messages that may be on either.
        public String all() {
            return output + errors;
        }

        /// The output of a program that has to succeed.
        public String wanted() {
            if (!ok()) {
                throw new AssertionError(
                        String.join(" ", command) + " ended with " + exitCode + ":\n" + all());
            }
            return output;
        }
    }

    /// Runs a command in a directory with more environment; ended by force after three minutes.
    public static Result run(
            Path directory, Map<String, String> environment, List<String> command) {
        try {
            var out = Files.createTempFile("program", ".out");
            var err = Files.createTempFile("program", ".err");
            var builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(RUN_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "did not end: "
                                + command
                                + "\n"
                                + Files.readString(out)
                                + Files.readString(err));
            }
            var result =
                    new Result(
                            command,
                            process.exitValue(),
                            Files.readString(out),
                            Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
