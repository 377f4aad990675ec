package io.coxswain.conformance.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Packages;
import io.coxswain.conformance.Program;
import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/// Prometheus' discovery finds what there is in a namespace, by every role, and follows what comes
/// and goes. It is told to scrape nothing: the addresses of simulated pods lead nowhere.
@Tag("long")
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiscoveryTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAMESPACE = "prometheus";
    private static final List<String> ROLES =
            List.of("node", "pod", "service", "endpoints", "endpointslice", "ingress");

    private static final String OBJECTS =
            """
            apiVersion: v1
            kind: Namespace
            metadata: {name: prometheus}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: prometheus}
            spec:
              selector: {app: web}
              ports: [{name: http, port: 80, targetPort: 8080}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: prometheus}
            spec:
              rules:
              - host: web.example
                http:
                  paths:
                  - path: /
                    pathType: Prefix
                    backend: {service: {name: web, port: {number: 80}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: prometheus}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata:
                  labels: {app: web}
                  annotations: {prometheus.io/scrape: "true"}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: main
                    image: localhost/web:1
                    ports: [{name: http, containerPort: 8080}]
            """;

    private final Server server;
    private final KubernetesClient client;
    private final int port = freePort();
    private @Nullable Process process;

    DiscoveryTest(Server server) throws IOException {
        this.server = server;
        this.client =
                new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(Files.readString(server.kubeconfig())))
                        .build();
    }

    @BeforeAll
    void start() throws IOException {
        client.load(new ByteArrayInputStream(OBJECTS.getBytes(StandardCharsets.UTF_8))).create();
        var directory = Files.createDirectories(server.directory().resolve("prometheus"));
        var configuration = directory.resolve("prometheus.yaml");
        Files.writeString(configuration, configuration());
        process =
                new ProcessBuilder(command(directory, configuration))
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile())
                        .start();
    }

    /// Prometheus, when it is built with this discovery; Debian's is not. Then VictoriaMetrics'
    /// agent, which reads the same configuration with a client of its own.
    private List<String> command(Path directory, Path configuration) {
        var prometheus = Packages.debian("prometheus").resolve("usr/bin");
        var check =
                List.of(
                        prometheus.resolve("promtool").toString(),
                        "check",
                        "config",
                        configuration.toString());
        if (Program.run(directory, Map.of(), check).ok()) {
            return List.of(
                    prometheus.resolve("prometheus").toString(),
                    "--config.file=" + configuration,
                    "--storage.tsdb.path=" + directory.resolve("data"),
                    "--web.listen-address=127.0.0.1:" + port);
        }
        System.err.println(
                "This prometheus knows no kubernetes_sd_configs: vmagent is run instead.");
        return List.of(
                Packages.debian("victoria-metrics").resolve("usr/bin/vmagent").toString(),
                "-promscrape.config=" + configuration,
                "-promscrape.kubernetesSDCheckInterval=1s",
                "-remoteWrite.url=http://127.0.0.1:1/",
                "-remoteWrite.tmpDataPath=" + directory.resolve("data"),
                "-httpListenAddr=127.0.0.1:" + port);
    }

    @AfterAll
    void stop() {
        var started = process;
        if (started != null) {
            started.destroy();
            started.onExit().join();
        }
        client.namespaces().withName(NAMESPACE).delete();
        client.close();
    }

    @Test
    void findsNodes() {
        found("node", "__meta_kubernetes_node_name", "simulated-1", "simulated-2", "simulated-3");
    }

    @Test
    void findsPodsAndFollowsThem() {
        awaitCount("pod", 2);
        found("pod", "__meta_kubernetes_pod_ready", "true");
        assertThat(targets("pod"))
                .allSatisfy(it ->
                        assertThat(it)
                                .containsEntry("__meta_kubernetes_pod_phase", "Running")
                                .containsEntry(
                                        "__meta_kubernetes_pod_container_port_number", "8080")
                                .containsEntry(
                                        "__meta_kubernetes_pod_controller_kind", "ReplicaSet")
                                .containsEntry(
                                        "__meta_kubernetes_pod_annotation"
                                                + "_prometheus_io_scrape",
                                        "true"));
        var deployment = client.apps().deployments().inNamespace(NAMESPACE).withName("web");
        deployment.scale(3);
        awaitCount("pod", 3);
        awaitCount("endpoints", 3);
        awaitCount("endpointslice", 3);
        deployment.scale(2);
        awaitCount("pod", 2);
        awaitCount("endpoints", 2);
        awaitCount("endpointslice", 2);
    }

    @Test
    void findsServices() {
        found("service", "__meta_kubernetes_service_name", "web");
    }

    @Test
    void findsEndpoints() {
        found("endpoints", "__meta_kubernetes_endpoints_name", "web");
        assertThat(targets("endpoints"))
                .allSatisfy(it -> assertThat(it).containsKey("__meta_kubernetes_pod_name"));
    }

    @Test
    void findsEndpointSlices() {
        awaitCount("endpointslice", 2);
        found("endpointslice", "__meta_kubernetes_endpointslice_address_type", "IPv4");
    }

    @Test
    void findsIngresses() {
        found("ingress", "__meta_kubernetes_ingress_host", "web.example");
    }

    /// One job per role; every target is moved to an address where nobody is.
    private String configuration() {
        var text = new StringBuilder("global: {scrape_interval: 1h}\nscrape_configs:\n");
        for (var role : ROLES) {
            var where = role.equals("node") ? "" : ", namespaces: {names: [" + NAMESPACE + "]}";
            text.append(
                    """
                    - job_name: %s
                      kubernetes_sd_configs:
                      - {role: %s, kubeconfig_file: %s%s}
                      relabel_configs:
                      - {source_labels: [__address__], target_label: instance}
                      - {target_label: __address__, replacement: "127.0.0.1:1"}
                    """
                            .formatted(role, role, server.kubeconfig(), where));
        }
        return text.toString();
    }

    private void found(String job, String label, String... values) {
        Waiting.until(
                "the targets have " + List.of(values),
                () ->
                        targets(job).stream()
                                .map(it -> it.get(label))
                                .collect(Collectors.toSet())
                                .containsAll(List.of(values)));
    }

    private void awaitCount(String job, int count) {
        Waiting.until(count + " targets of " + job, () -> targets(job).size() == count);
    }

    /// What is known of each target of a job; empty while the program is starting.
    private List<Map<String, String>> targets(String job) {
        var uri = URI.create("http://127.0.0.1:%d/api/v1/targets?state=active".formatted(port));
        try (var in = uri.toURL().openStream()) {
            var targets = new ArrayList<Map<String, String>>();
            for (var target : JSON.readTree(in).path("data").path("activeTargets")) {
                var labels = new LinkedHashMap<String, String>();
                target.path("discoveredLabels")
                        .properties()
                        .forEach(it -> labels.put(it.getKey(), it.getValue().asString()));
                if (target.path("labels").path("job").asString().equals(job)) {
                    targets.add(labels);
                }
            }
            return targets;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
