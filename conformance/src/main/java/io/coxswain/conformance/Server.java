package io.coxswain.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// `cox up` with simulated nodes, as a process of its own, on any port of the loopback interface.
///
/// It is the packaged program in `cluster/target/lib`. `-Dconformance.program=COX` tests another
/// one, `-Dconformance.kubeconfig=FILE` whatever cluster that file leads to.
public final class Server implements AutoCloseable {

    private static final Duration READY_MAX = Duration.ofSeconds(90);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);

    private static final String READY = "Cluster is ready";

    private final Path directory;
    private final Path kubeconfig;
    private final List<String> flags;
    private @Nullable Process process;

    private Server(Path directory, Path kubeconfig, List<String> flags) {
        this.directory = directory;
        this.kubeconfig = kubeconfig;
        this.flags = flags;
    }

    /// One that is ready; `nodes` of it are simulated.
    public static Server start(int nodes, String... flags) {
        var directory = temporary();
        var given = System.getProperty("conformance.kubeconfig", "");
        if (!given.isEmpty()) {
            return new Server(directory, Path.of(given), List.of());
        }
        var all = new ArrayList<>(List.of("--simulated-nodes=" + nodes));
        all.addAll(List.of(flags));
        var server = new Server(directory, directory.resolve("kubeconfig"), List.copyOf(all));
        server.run(0);
        return server;
    }

    private void run(int port) {
        var command = new ArrayList<>(program());
        command.addAll(
                List.of(
                        "up",
                        "--node=none",
                        "--bind-address=127.0.0.1",
                        "--https-port=" + port,
                        "--data-dir=" + directory.resolve("data"),
                        "--kubeconfig=" + kubeconfig));
        command.addAll(flags);
        var builder =
                new ProcessBuilder(command)
                        .directory(top().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile());
        builder.environment().put("HOME", directory.toString());
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Waiting.until("cox up is ready", READY_MAX, this::readyOrEnded);
    }

    /// Ends it and starts it again where it was, with what it had stored.
    ///
    /// @param end how the process is ended
    public void restart(Consumer<Process> end) {
        var running = process;
        if (running == null) {
            Assumptions.abort("somebody else's cluster is not restarted");
            return;
        }
        end.accept(running);
        running.onExit().join();
        run(URI.create(url()).getPort());
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    /// Where the server is, as the kubeconfig says.
    public String url() {
        return read(kubeconfig)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("server: "))
                .map(line -> line.substring("server: ".length()).replace("\"", ""))
                .findFirst()
                .orElseThrow();
    }

    /// A directory that goes with the server.
    public Path directory() {
        return directory;
    }

    /// What the server has printed.
    public String log() {
        return read(directory.resolve("log"));
    }

    /// The root of this repository.
    public static Path top() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isExecutable(folder.resolve("cox"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the test runs outside the repository");
            }
        }
        return folder;
    }

    @Override
    public void close() {
        var running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        delete(directory);
    }

    private boolean readyOrEnded() {
        if (log().contains(READY)) {
            return true;
        }
        if (process != null && !process.isAlive()) {
            throw new AssertionError("cox up has failed:\n" + log());
        }
        return false;
    }

    private static List<String> program() {
        var other = System.getProperty("conformance.program", "");
        if (!other.isEmpty()) {
            return List.of(other);
        }
        var lib = top().resolve("cluster/target/lib");
        if (!Files.isDirectory(lib)) {
            throw new IllegalStateException("nothing is packaged yet: ./cox version does that");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                lib + "/*",
                "io.coxswain.cluster.Main");
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("coxswain-conformance");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            for (var file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
