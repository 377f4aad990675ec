package io.coxswain.bench;

import io.coxswain.base.Clock;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Client;
import io.coxswain.client.Kubeconfig;
import io.coxswain.client.KubeconfigConnection;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A control plane in a process of its own, on a store in a fresh directory.
public final class Target implements AutoCloseable {

    private final Path directory;
    private final Process process;
    private final Duration started;
    private final KubeconfigConnection connection;
    private @Nullable Client asking;
    private final List<HttpClient> connections = new ArrayList<>();

    private Target(Path directory, String command) throws IOException {
        this.directory = directory;
        var kubeconfig = directory.resolve("kubeconfig");
        var began = Clock.SYSTEM.nanos();
        this.process =
                new ProcessBuilder(
                                System.getProperty("cox", "./cox"),
                                command,
                                "--data-dir=" + directory,
                                "--bind-address=127.0.0.1",
                                "--https-port=0",
                                "--kubeconfig=" + kubeconfig)
                        .redirectErrorStream(true)
                        .start();
        awaitReady();
        this.started = Duration.ofNanos(Clock.SYSTEM.nanos() - began);
        var context = Kubeconfig.read(kubeconfig);
        this.connection = new KubeconfigConnection(context.context(context.currentContext()));
    }

    /// API server, controllers and scheduler.
    public static Target controlPlane() throws IOException {
        return new Target(Files.createTempDirectory("cox-bench"), "server");
    }

    /// Everything, with this machine as a node.
    static Target cluster() throws IOException {
        return new Target(Files.createTempDirectory("cox-bench"), "up");
    }

    /// The API server alone.
    public static Target apiServer() throws IOException {
        return new Target(Files.createTempDirectory("cox-bench"), "kube-apiserver");
    }

    /// From the call to the line that says it is ready.
    Duration started() {
        return started;
    }

    /// Where it is, and who may ask it anything.
    public KubeconfigConnection connection() {
        return connection;
    }

    /// A client with a connection of its own.
    public Client client() {
        var http = connection.connect();
        connections.add(http);
        return new ApiClient(http, "bench");
    }

    /// Resident memory of the process, in bytes.
    public long residentBytes() throws IOException {
        return status("VmRSS:");
    }

    /// The most resident memory there was, since [#forgetPeak()].
    long residentPeakBytes() throws IOException {
        return status("VmHWM:");
    }

    void forgetPeak() throws IOException {
        Files.writeString(Path.of("/proc/" + process.pid() + "/clear_refs"), "5");
    }

    private long status(String field) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                        .filter(line -> line.startsWith(field))
                        .map(line -> line.replaceAll("[^0-9]", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(0)
                * 1024;
    }

    public long pid() {
        return process.pid();
    }

    /// Where it keeps everything.
    public Path directory() {
        return directory;
    }

    /// Bytes that the process has taken for objects until now.
    long allocated() {
        return metric("jvm_memory_allocated_bytes_total ");
    }

    /// Bytes of the heap in use after a full collection; 0 where the JDK's tools are not there.
    public long heapAfterCollection() throws IOException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(tool)) {
            return 0;
        }
        var pid = Long.toString(process.pid());
        var collecting =
                new ProcessBuilder(tool.toString(), pid, "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            collecting.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return metric("jvm_memory_used_bytes{area=\"heap\"} ");
    }

    private long metric(String prefix) {
        if (asking == null) {
            asking = client();
        }
        var body =
                asking.send(Request.get("/metrics")) instanceof Response.Full full
                        ? full.body().text()
                        : "";
        return body.lines()
                .filter(line -> line.startsWith(prefix))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(prefix.length())))
                .findFirst()
                .orElse(0);
    }

    /// Processor time that the process has used until now.
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        connections.forEach(HttpClient::close);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void awaitReady() throws IOException {
        var said = new StringBuilder();
        var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("is ready in")) {
                Thread.ofVirtual().start(() -> drain(out));
                return;
            }
            said.append(line).append('\n');
        }
        throw new IOException("the control plane did not start:\n" + said);
    }

    /// A process whose output nobody reads stops one day.
    private static void drain(BufferedReader out) {
        try {
            out.lines().forEach(line -> {});
        } catch (UncheckedIOException closed) {
            // The process has ended.
        }
    }
}
