package io.coxswain.cluster.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One `cox up` on a directory: started, asked with kubectl, interrupted or killed, started again.
final class Up implements AutoCloseable {

    private static final Duration READY_MAX = Duration.ofSeconds(90);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    private final Path home;
    private final List<String> flags;
    private final int port = freePort();
    private @Nullable Process process;

    private Up(Path home, List<String> flags) {
        this.home = home;
        this.flags = flags;
    }

    /// A cluster with a real node that is ready.
    static Up withNode(Path home) {
        var up = new Up(home, List.of("--node=real", "--install-packages=never"));
        up.start();
        return up;
    }

    /// A control plane without a node that is ready.
    static Up withoutNode(Path home) {
        var up = new Up(home, List.of("--node=none"));
        up.start();
        return up;
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return home.resolve("data");
    }

    Path kubeconfig() {
        return home.resolve("kubeconfig");
    }

    /// What the process has printed since it was last started.
    String log() {
        try {
            return Files.readString(home.resolve("up.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        var command = new ArrayList<>(Program.interruptible(Program.cox(), "up"));
        command.addAll(
                List.of(
                        "--data-dir=" + data(),
                        "--https-port=" + port,
                        "--kubeconfig=" + kubeconfig()));
        command.addAll(flags);
        try {
            var started =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(home.resolve("up.log").toFile())
                            .start();
            process = started;
            Program.await(
                    "cox up is ready, or has ended",
                    READY_MAX,
                    () -> log().contains("Cluster is ready") || !started.isAlive());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!log().contains("Cluster is ready")) {
            throw new AssertionError("cox up has failed:\n" + log());
        }
    }

    /// Ctrl-C; the exit code.
    int interrupt() {
        Program.run("kill", "-INT", String.valueOf(process().pid()));
        return ended();
    }

    void kill() {
        process().destroyForcibly();
        ended();
    }

    boolean alive() {
        return process().isAlive();
    }

    private int ended() {
        try {
            if (!process().waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("cox up did not end:\n" + log());
            }
            return process().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process process() {
        var started = process;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    Program.Result down() {
        return Program.run(Program.cox(), "down", "--data-dir=" + data());
    }

    /// A kubectl command, whatever comes of it.
    Program.Result tryKubectl(String... arguments) {
        var command = new ArrayList<>(List.of(Program.cox(), "kubectl"));
        command.add("--kubeconfig=" + kubeconfig());
        command.addAll(List.of(arguments));
        return Program.run(java.util.Map.of(), command);
    }

    /// The output of a kubectl command that has to succeed.
    String kubectl(String... arguments) {
        var result = tryKubectl(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(
                    "kubectl " + String.join(" ", arguments) + ":\n" + result.all());
        }
        return result.output();
    }

    /// What a kubectl that goes on and on prints while something else happens.
    String watching(Runnable action, String... arguments) {
        var command = new ArrayList<>(List.of(Program.cox(), "kubectl"));
        command.add("--kubeconfig=" + kubeconfig());
        command.addAll(List.of(arguments));
        var file = home.resolve("watch.log");
        try {
            var watch =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(file.toFile())
                            .start();
            try {
                Program.await("first output", Duration.ofSeconds(20), () -> size(file) > 0);
                action.run();
            } finally {
                CompletableFuture<Process> end = watch.onExit();
                watch.destroy();
                end.get(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops what still runs, containers included.
    @Override
    public void close() {
        if (process().isAlive()) {
            interrupt();
        } else {
            down();
        }
    }
}
