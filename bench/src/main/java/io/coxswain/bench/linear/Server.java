package io.coxswain.bench.linear;

import io.coxswain.bench.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/// An API server in a process that can be killed, stopped and continued.
public final class Server implements Site {

    static final String QUICK = "quick";
    static final String SLOW = "slow";

    private final Path directory;
    private final int port;
    private Process process;
    private String store;

    /// On a store of its own.
    public Server(Path directory) throws IOException {
        this(directory, QUICK);
    }

    /// On an etcd cluster.
    public Server(Path directory, List<URI> etcd) throws IOException {
        this(directory, etcd.stream().map(URI::toString).collect(Collectors.joining(",")));
    }

    private Server(Path directory, String store) throws IOException {
        this.directory = directory;
        this.store = store;
        this.port = freePort();
        this.process = launch();
    }

    /// Below those that the system gives to clients: nobody must come by the port of a server
    /// that is being started again.
    private static int freePort() throws IOException {
        for (var tries = 0; tries < 100; tries++) {
            var port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // The next one.
            }
        }
        throw new IOException("no port is free");
    }

    public String uri() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public List<String> uris() {
        return List.of(uri());
    }

    @Override
    public Duration patience() {
        return Duration.ofMillis(700);
    }

    private Process launch() throws IOException {
        var started =
                Child.start(
                        ServerProcess.class,
                        "512m",
                        directory.resolve("server.log"),
                        List.of(
                                directory.resolve("store").toString(),
                                String.valueOf(port),
                                store));
        var out =
                new BufferedReader(
                        new java.io.InputStreamReader(
                                started.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("ready")) {
                Thread.ofVirtual().start(() -> out.lines().forEach(said -> {}));
                return started;
            }
        }
        throw new IOException("the server did not start:\n" + end(directory.resolve("server.log")));
    }

    private static String end(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    /// `kill -9`, and the next one on the same store.
    public void restart() throws IOException {
        kill();
        process = launch();
    }

    /// Starts again with a slow disk or a quick one, unless it has that already.
    void withSlowDisk(boolean other) throws IOException {
        var wanted = other ? SLOW : QUICK;
        if (!store.equals(wanted)) {
            store = wanted;
            restart();
        }
    }

    void pause() throws IOException {
        signal("STOP");
    }

    void resume() throws IOException {
        signal("CONT");
    }

    private void signal(String name) throws IOException {
        var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        await(kill);
    }

    private void kill() throws IOException {
        process.destroyForcibly();
        await(process);
    }

    private static void await(Process ending) throws IOException {
        try {
            ending.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}
