package io.coxswain.bench.patroni;

import io.coxswain.base.Clock;
import io.coxswain.bench.DebianPackages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// One PostgreSQL with its Patroni, as a user without rights, on the loopback interface.
final class PatroniMember {

    private static final String NOBODY = "65534";

    private final DebianPackages packages;
    private final Path home;
    private final Path programs;
    private final int rest;
    private final int port;
    private final String name;
    private Process process;

    PatroniMember(DebianPackages packages, Path home, Path programs, String name, URI api)
            throws IOException {
        this.packages = packages;
        this.home = home;
        this.programs = programs;
        this.name = name;
        this.rest = freePort();
        this.port = freePort();
        Files.createDirectories(home);
        Files.writeString(home.resolve("kubeconfig"), kubeconfig(api));
        Files.writeString(home.resolve("patroni.yml"), configuration());
        run(List.of("chown", "-R", NOBODY + ":" + NOBODY, home.toString()));
        this.process = launch();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String name() {
        return name;
    }

    private Process launch() throws IOException {
        var builder =
                new ProcessBuilder(
                                "setpriv",
                                "--reuid=" + NOBODY,
                                "--regid=" + NOBODY,
                                "--clear-groups",
                                "/usr/bin/python3",
                                "-m",
                                "patroni",
                                home.resolve("patroni.yml").toString())
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
        var environment = builder.environment();
        environment.put("HOME", home.toString());
        environment.put("KUBECONFIG", home.resolve("kubeconfig").toString());
        environment.put("PYTHONPATH", packages.resolve("usr/lib/python3/dist-packages").toString());
        environment.put("LD_LIBRARY_PATH", packages.resolve("usr/lib/x86_64-linux-gnu").toString());
        return builder.start();
    }

    /// Whether Patroni says that this one leads and takes writes.
    boolean leads() {
        return answers("/leader");
    }

    /// Whether it follows the leader, without any of its writes missing.
    boolean followsInStep() {
        return answers("/sync");
    }

    boolean runs() {
        return answers("/health");
    }

    private boolean answers(String path) {
        try (var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest + path))
                            .timeout(Duration.ofSeconds(2))
                            .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException down) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// What SQL answers; throws when it fails.
    String sql(String statement) throws IOException {
        return run(
                List.of(
                        programs.resolve("psql").toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port),
                        "-U",
                        "postgres",
                        "-AtXq",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-c",
                        statement,
                        "postgres"));
    }

    /// `kill -9` of Patroni and of every process of its PostgreSQL.
    void kill() throws IOException {
        var postmaster = home.resolve("data").resolve("postmaster.pid");
        process.toHandle().descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        if (Files.exists(postmaster)) {
            var pid = Long.parseLong(Files.readAllLines(postmaster).getFirst().strip());
            ProcessHandle.of(pid)
                    .ifPresent(handle -> {
                        handle.descendants().forEach(ProcessHandle::destroyForcibly);
                        handle.destroyForcibly();
                    });
        }
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void start() throws IOException {
        process = launch();
    }

    String log() throws IOException {
        var text = Files.readString(home.resolve("log"));
        return text.substring(Math.max(0, text.length() - 4_000));
    }

    private String run(List<String> command) throws IOException {
        var builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        builder.environment().put("PGCONNECT_TIMEOUT", "3");
        builder.environment().put("PGOPTIONS", "-c statement_timeout=5000");
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said.strip();
    }

    private static String kubeconfig(URI api) {
        return """
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{name: c, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {}}]
        """
                .formatted(api);
    }

    private String configuration() {
        return """
        scope: demo
        name: %1$s
        kubernetes:
          namespace: default
          context: c
          labels: {application: patroni}
        restapi: {listen: "127.0.0.1:%2$d", connect_address: "127.0.0.1:%2$d"}
        bootstrap:
          dcs:
            ttl: 20
            loop_wait: 2
            retry_timeout: 5
            synchronous_mode: true
            postgresql: {use_pg_rewind: true}
          initdb: [{encoding: UTF8}, {locale: C}, data-checksums]
          pg_hba:
            - host all all 127.0.0.1/32 trust
            - host replication all 127.0.0.1/32 trust
        postgresql:
          listen: 127.0.0.1:%3$d
          connect_address: 127.0.0.1:%3$d
          data_dir: %4$s/data
          bin_dir: %5$s
          pgpass: %4$s/pgpass
          authentication:
            superuser: {username: postgres, password: secret}
            replication: {username: replicator, password: secret}
          parameters:
            unix_socket_directories: %4$s
            shared_buffers: 16MB
            max_connections: 20
        """
                .formatted(name, rest, port, home, programs);
    }

    /// Waits for something to be so.
    static void await(String what, Duration most, BooleanSupplier condition) {
        var end = Clock.SYSTEM.nanos() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (Clock.SYSTEM.nanos() > end) {
                throw new AssertionError("not within " + most + ": " + what);
            }
            Clock.SYSTEM.pause(Duration.ofMillis(200));
        }
    }
}
