package io.coxswain.network.host;

import io.coxswain.base.host.HostPrograms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs programs of the host and waits for them.
public final class Programs {

    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    /// What a program said, on both of its streams, and the code it ended with: 127 when there is
    /// no such program, 124 when it took too long.
    public record Outcome(int code, String output) {
        public boolean ok() {
            return code == 0;
        }
    }

    private Programs() {}

    public static Outcome run(String... command) {
        return run("", List.of(command));
    }

    /// Throws when the program does not end well.
    public static String require(String input, List<String> command) {
        var outcome = run(input, command);
        if (!outcome.ok()) {
            var text = String.join(" ", command) + ": " + outcome.output().strip();
            throw new UncheckedIOException(new IOException(text));
        }
        return outcome.output();
    }

    /// Input and output go through files: a program that does not read, or a grandchild that keeps
    /// a stream open, cannot hold the caller.
    public static Outcome run(String input, List<String> command) {
        try {
            var given = Files.createTempFile("coxswain-", ".in");
            var said = Files.createTempFile("coxswain-", ".out");
            try {
                Files.writeString(given, input);
                return run(given, said, command);
            } finally {
                Files.deleteIfExists(given);
                Files.deleteIfExists(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome run(Path given, Path said, List<String> command) throws IOException {
        var builder =
                new ProcessBuilder(HostPrograms.resolved(command))
                        .redirectErrorStream(true)
                        .redirectInput(given.toFile())
                        .redirectOutput(said.toFile());
        builder.environment().put("PATH", HostPrograms.path());
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        }
        var ended = ended(process);
        var output = Files.readString(said, StandardCharsets.ISO_8859_1);
        return ended
                ? new Outcome(process.exitValue(), output)
                : new Outcome(124, output + "\nkilled after " + TIME_MAX.toSeconds() + " s");
    }

    private static boolean ended(Process process) {
        try {
            if (process.waitFor(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return false;
    }
}
