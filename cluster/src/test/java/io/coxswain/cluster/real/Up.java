package io.coxswain.cluster.real;

import io.coxswain.client.ApiClient;
import io.coxswain.client.Kubeconfig;
import io.coxswain.client.KubeconfigConnection;
import io.coxswain.http.HttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One `cox up` on a directory: started, asked with kubectl, interrupted or killed, started again.
final class Up implements AutoCloseable {

    private static final Duration READY_MAX = Duration.ofSeconds(90);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    private final Path home;
    private final List<String> prefix;
    private final List<String> flags;
    private final int port = freePort();
    private @Nullable Process process;
    private @Nullable HttpClient http;

    private Up(Path home, List<String> prefix, List<String> flags) {
        this.home = home;
        this.prefix = prefix;
        this.flags = flags;
    }

    /// A cluster with a real node that is ready.
    static Up withNode(Path home) {
        return withNode(home, List.of());
    }

    /// The same, where every command is run by another one, such as `nsenter`.
    static Up withNode(Path home, List<String> prefix) {
        var up = new Up(home, prefix, List.of("--node=real", "--install-packages=never"));
        up.start();
        return up;
    }

    /// A control plane without a node that is ready.
    static Up withoutNode(Path home) {
        var up = new Up(home, List.of(), List.of("--node=none"));
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
        var command = new ArrayList<>(prefix);
        command.addAll(Program.interruptible(Program.cox(), "up"));
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
        var open = http;
        if (open != null) {
            open.close();
            http = null;
        }
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
        var command = new ArrayList<>(prefix);
        command.addAll(List.of(Program.cox(), "down", "--data-dir=" + data()));
        return Program.run(command.toArray(String[]::new));
    }

    Kubectl kubectl() {
        var program = new ArrayList<>(prefix);
        program.addAll(List.of(Program.cox(), "kubectl"));
        return new Kubectl(program, kubeconfig());
    }

    /// A kubectl command, whatever comes of it.
    Program.Result tryKubectl(String... arguments) {
        return kubectl().tryTo(arguments);
    }

    /// The output of a kubectl command that has to succeed.
    String kubectl(String... arguments) {
        return kubectl().run(arguments);
    }

    /// Applies a manifest, written to a file.
    void apply(String manifest) {
        try {
            var file = Files.writeString(home.resolve("manifest.yaml"), manifest);
            kubectl("apply", "-f", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A client of this process, over the network like any other.
    ApiClient client() {
        var open = http;
        if (open == null) {
            var context = Kubeconfig.read(kubeconfig()).context("");
            open = new KubeconfigConnection(context).connect();
            http = open;
        }
        return new ApiClient(open, "test");
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
