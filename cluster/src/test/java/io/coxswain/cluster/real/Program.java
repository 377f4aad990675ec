package io.coxswain.cluster.real;

import io.coxswain.base.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Runs `./cox` of this repository, and other programs, as processes.
final class Program {

    private static final Duration RUN_MAX = Duration.ofMinutes(2);

    private Program() {}

    /// What a program that has ended said.
    record Result(int exitCode, String output, String errors) {

        /// Both streams, for messages that may be on either.
        String all() {
            return output + errors;
        }
    }

    /// The entry script of the repository that the test runs in.
    static String cox() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("cox"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the test runs outside the repository");
            }
        }
        return folder.resolve("cox").toString();
    }

    static Path example(String file) {
        return Path.of(cox()).resolveSibling("examples").resolve(file);
    }

    /// A build started from Maven may ignore Ctrl-C, and children would inherit that.
    static List<String> interruptible(String... command) {
        var whole = new ArrayList<>(List.of("env", "--default-signal=INT"));
        whole.addAll(List.of(command));
        return whole;
    }

    static Result run(String... command) {
        return run(Map.of(), List.of(command));
    }

    static Result run(Map<String, String> environment, List<String> command) {
        try {
            var out = Files.createTempFile("cox-out", "");
            var err = Files.createTempFile("cox-err", "");
            var builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            var process =
                    builder.redirectInput(new java.io.File("/dev/null"))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
            if (!process.waitFor(RUN_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            var result =
                    new Result(process.exitValue(), Files.readString(out), Files.readString(err));
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

    /// What a web server says at `/`.
    static String fetch(String address, int port) {
        try {
            var connection =
                    URI.create("http://%s:%d/".formatted(address, port)).toURL().openConnection();
            connection.setConnectTimeout((int) Duration.ofSeconds(5).toMillis());
            connection.setReadTimeout((int) Duration.ofSeconds(5).toMillis());
            try (var in = connection.getInputStream()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until something is so; fails with the description when it never is.
    static void await(String what, Duration max, BooleanSupplier condition) {
        var end = Clock.SYSTEM.nanos() + max.toNanos();
        while (!condition.getAsBoolean()) {
            if (Clock.SYSTEM.nanos() > end) {
                throw new AssertionError("not within " + max.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
