package io.coxswain.cluster.commands;

import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.cli.Kubectl;
import io.coxswain.cli.Streams;
import io.coxswain.cluster.Access;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.ControlPlaneConfiguration;
import io.coxswain.cluster.ControlPlaneConfiguration.Addresses;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.Progress;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// `cox train`: the run from which the JVM's ahead-of-time cache is made. Starts a control plane in
/// a temporary directory, has kubectl use it, and ends. Called by the build.
record TrainCommand() implements Command {

    /// Writes enough for the compiler to learn which way they go.
    private static final int CREATIONS = 300;

    private static final List<String> COMMANDS =
            List.of(
                    "create deployment web --image=localhost/web --replicas=3",
                    "get pods",
                    "get nodes -o wide",
                    "get deployments,services -A",
                    "get deployment web -o yaml",
                    "describe deployment web",
                    "rollout history deployment/web",
                    "label deployment web a=b",
                    "scale deployment web --replicas=1",
                    "api-resources",
                    "delete deployment web");

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
        var configuration = ControlPlaneConfiguration.standard(Addresses.local(0));
        var progress = new Progress(quiet, Clock.SYSTEM);
        var tls = ClientTls.trusting(pki.authorities()).withIdentity(pki.admin());
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var plane = ControlPlane.start(configuration, pki, data, loops, progress);
                var client = HttpClient.to(plane.uri(), ClientOptions.DEFAULT.withTls(tls))) {
            Access.write(data, pki, plane.uri(), data.root().resolve("kubeconfig").toString());
            COMMANDS.forEach(command -> kubectl(data, quiet, command));
            for (var i = 0; i < CREATIONS; i++) {
                create(client, "configmaps", i, "\"data\":{\"key\":\"value\"}");
                create(
                        client,
                        "pods",
                        i,
                        "\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"localhost/c\"}]}");
            }
        }
    }

    private static void kubectl(DataDirectory data, PrintStream quiet, String command) {
        var arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--kubeconfig=" + data.root().resolve("kubeconfig"));
        var streams = new Streams(InputStream.nullInputStream(), quiet, quiet);
        Kubectl.run(arguments, streams, Map.of("HOME", data.root().toString()));
    }

    private static void create(HttpClient client, String plural, int number, String rest) {
        var body = "{\"metadata\":{\"name\":\"train-" + number + "\"}," + rest + "}";
        client.send(
                Request.of("POST", "/api/v1/namespaces/default/" + plural)
                        .withBody("application/json", Payload.of(body)));
    }

    private static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
