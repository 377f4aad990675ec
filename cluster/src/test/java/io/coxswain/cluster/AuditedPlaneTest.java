package io.coxswain.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.apiserver.RequestLimits;
import io.coxswain.apiserver.Serving;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.audit.AuditOptions;
import io.coxswain.apiserver.audit.BatchingSink;
import io.coxswain.apiserver.audit.RotatingFile;
import io.coxswain.apiserver.authentication.TokenFile;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.client.Client;
import io.coxswain.cluster.ControlPlaneConfiguration.Addresses;
import io.coxswain.cluster.ControlPlaneConfiguration.Api;
import io.coxswain.cluster.security.SecuritySettings;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A control plane at work, by what it writes down: its log, its audit log, its files.
@Timeout(120)
class AuditedPlaneTest {

    private static final String CANARY = "kanarienvogel";
    private static final String CORE = "/api/v1/namespaces/default/";

    private static final List<String> WORKERS =
            List.of(
                    "system:kube-controller-manager",
                    "system:kube-scheduler",
                    "system:serviceaccount:kube-system:deployment-controller",
                    "system:serviceaccount:kube-system:replicaset-controller",
                    "system:serviceaccount:kube-system:namespace-controller",
                    "system:serviceaccount:kube-system:clusterrole-aggregation-controller",
                    "system:serviceaccount:kube-system:service-account-controller");

    @TempDir Path directory;
    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private final List<String> refusals = new ArrayList<>();
    private @Nullable ControlPlane started;
    private Path audit = Path.of("");

    @BeforeEach
    void start() throws IOException {
        System.setErr(new PrintStream(log, true, UTF_8));
        audit = directory.resolve("audit.log");
        var policy = directory.resolve("policy.yaml");
        Files.writeString(
                policy, "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: Metadata}]}");
        var delivery =
                new AuditOptions.Delivery(
                        "blocking", new BatchingSink.Limits(1, 1, Duration.ZERO, 1, 1));
        var written =
                new AuditOptions.Log(
                        audit.toString(), true, new RotatingFile.Limits(0, 0, 0, false), delivery);
        var standard = ControlPlaneConfiguration.standard(Addresses.local(0));
        var security = standard.security();
        var tokens = TokenFile.parse("token-" + CANARY + ",alice,7\n");
        started =
                Planes.start(
                        directory.resolve("data"),
                        loops,
                        new ControlPlaneConfiguration(
                                standard.addresses(),
                                new Api(false, tokens, Serving.DEFAULT, RequestLimits.DEFAULT),
                                true,
                                standard.store(),
                                Protection.NONE,
                                new SecuritySettings(
                                        new AuditOptions(policy, written, null),
                                        security.identities(),
                                        security.accounts(),
                                        security.access())));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
        Objects.requireNonNull(started).close();
        loops.close();
    }

    private Client admin() {
        return Objects.requireNonNull(started)
                .client(User.of("admin", User.MASTERS, User.AUTHENTICATED), "test");
    }

    private Response.Full post(String path, String json) {
        return send("POST", path, "application/json", json);
    }

    /// Remembers what is said to whom is refused.
    private Response.Full send(String method, String path, String type, String body) {
        var request = Request.of(method, path).withBody(type, Payload.of(body));
        var answer = (Response.Full) admin().send(request);
        if (answer.status() >= 400) {
            refusals.add(answer.body().text());
        }
        return answer;
    }

    private int get(HttpClient client, String token) {
        var request = Request.get("/api/v1/secrets").withHeader("authorization", "Bearer " + token);
        return ((Response.Full) client.send(request)).status();
    }

    /// R22, CVE-2019-11250, CVE-2020-8563 to 8566.
    @Test
    void aSecretIsInNoLogAndNoFileButTheStores() throws IOException {
        var held = Base64.getEncoder().encodeToString(CANARY.getBytes(UTF_8));
        post(
                CORE + "secrets",
                "{\"metadata\":{\"name\":\"s\"},\"data\":{\"a\":\"%s\"},\"stringData\":{\"b\":\"%s\"}}"
                        .formatted(held, CANARY));
        post(
                CORE + "pods",
                "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\",\"env\":[{\"name\":\"PASSWORD\",\"value\":\"%s\"}]}]}}"
                        .formatted(CANARY));
        post(
                CORE + "secrets",
                "{\"metadata\":{\"name\":\"t\"},\"type\":\"kubernetes.io/tls\",\"data\":{\"x\":\"%s\"}}"
                        .formatted(held));
        post(
                CORE + "secrets",
                "{\"metadata\":{\"name\":\"u\"},\"data\":{\"a\":\"" + CANARY + "!\"}}");
        post(CORE + "secrets", "{\"metadata\":{\"name\":\"v\"},\"stringData\":{\"a\":\"" + CANARY);
        send(
                "PATCH",
                CORE + "secrets/s",
                "application/json-patch+json",
                "[{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"not " + CANARY + "\"}]");
        send(
                "PUT",
                CORE + "secrets/s",
                "application/json",
                "{\"metadata\":{\"name\":\"x-" + CANARY.length() + "\"}}");
        var issued = post(CORE + "serviceaccounts/default/token", "{\"spec\":{}}").body().text();
        var token = JsonReader.readObject(issued.getBytes(UTF_8)).object("status").text("token");
        var options = ClientOptions.DEFAULT.withTls(ClientTls.believingAnything());
        try (var client = HttpClient.to(Objects.requireNonNull(started).uri(), options)) {
            assertThat(get(client, "token-" + CANARY)).isEqualTo(403);
            assertThat(get(client, "wrong-" + CANARY)).isEqualTo(401);
            assertThat(get(client, token)).isEqualTo(403);
            assertThat(get(client, token + CANARY)).isEqualTo(401);
        }

        assertThat(refusals).hasSizeGreaterThan(3);
        for (var secret : List.of(CANARY, held, token.substring(token.lastIndexOf('.')))) {
            assertThat(log.toString(UTF_8)).doesNotContain(secret);
            assertThat(Files.readString(audit)).isNotEmpty().doesNotContain(secret);
            assertThat(String.join("\n", refusals)).doesNotContain(secret);
            assertThat(filesWith(directory.resolve("data"), secret))
                    .allMatch(file -> file.startsWith("store/"));
        }
    }

    private static List<String> filesWith(Path root, String text) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                    found.add(root.relativize(file).toString());
                }
            }
        }
        return found;
    }

    /// Masters are the API server itself, as upstream's is, the setup at the start, and the
    /// administrator of this test.
    @Test
    void everyComponentHasAnIdentityOfItsOwn() throws IOException {
        post(
                "/apis/apps/v1/namespaces/default/deployments",
                "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"replicas\":2,\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}}}");
        post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"gone\"}}");
        send("DELETE", "/api/v1/namespaces/gone", "application/json", "{}");
        var masters = new TreeSet<String>();
        var others = new TreeSet<String>();
        for (var deadline = Clock.SYSTEM.nanos() + Duration.ofSeconds(30).toNanos();
                Clock.SYSTEM.nanos() < deadline && others.size() < WORKERS.size(); ) {
            for (var line : Files.readAllLines(audit)) {
                var user = JsonReader.readObject(line.getBytes(UTF_8)).object("user");
                var master = user.items("groups").contains(Json.of(User.MASTERS));
                (master ? masters : others).add(user.text("username"));
            }
            others.retainAll(WORKERS);
            Clock.SYSTEM.pause(Duration.ofMillis(100));
        }

        assertThat(others).containsExactlyInAnyOrderElementsOf(WORKERS);
        assertThat(masters)
                .containsExactlyInAnyOrder("admin", "system:apiserver", "system:cluster-setup");
    }
}
