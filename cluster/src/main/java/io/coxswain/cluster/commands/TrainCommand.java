package io.coxswain.cluster.commands;

import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.ControlPlaneConfiguration;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.Progress;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// `cox train`: the run from which the JVM's ahead-of-time cache is made. Starts a control plane in
/// a
/// temporary directory, asks it a few things over TLS, and ends. Called by the build.
record TrainCommand() implements Command {

    private static final List<String> PATHS =
            List.of("/api", "/apis", "/version", "/api/v1/namespaces", "/openapi/v3");

    @Override
    public int run(List<String> args) {
        try {
            var directory = Files.createTempDirectory("cox-train");
            train(DataDirectory.open(directory));
            remove(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return 0;
    }

    private static void train(DataDirectory data) {
        var quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var pki = Pki.open(data.pki(), Clock.SYSTEM);
        var configuration =
                new ControlPlaneConfiguration(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        "127.0.0.1",
                        AddressRange.parse("10.96.0.0/12"),
                        "10.244.0.0/16",
                        24,
                        false,
                        null,
                        true,
                        true);
        var progress = new Progress(quiet, Clock.SYSTEM);
        var tls = ClientTls.trusting(pki.authorities()).withIdentity(pki.admin());
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = ControlPlane.start(configuration, pki, data, loops, progress);
                var client = HttpClient.to(plane.uri(), ClientOptions.DEFAULT.withTls(tls))) {
            PATHS.forEach(path -> client.send(Request.get(path)));
        }
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
