package io.coxswain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a control plane is without any flag, as the CIS benchmark wants it. docs/security.md has
/// the table.
@Timeout(60)
class HardeningTest {

    @TempDir Path directory;
    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);
    private @Nullable ControlPlane started;

    @BeforeEach
    void start() {
        started = Planes.start(directory, loops);
    }

    @AfterEach
    void stop() {
        plane().close();
        loops.close();
    }

    private ControlPlane plane() {
        return Objects.requireNonNull(started);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void keysAndStoreAreTheirOwnersAlone() throws IOException {
        try (var files = Files.walk(directory.resolve("pki"))) {
            var keys = files.filter(file -> file.toString().endsWith(".key")).toList();
            assertThat(keys).isNotEmpty();
            for (var key : keys) {
                assertThat(mode(key)).as(key.toString()).isEqualTo("rw-------");
            }
        }
        assertThat(mode(directory.resolve("store"))).isEqualTo("rwx------");
    }

    @Test
    void certificatesAreWrittenByTheirOwnerOnly() throws IOException {
        try (var files = Files.walk(directory.resolve("pki"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(mode(file)).as(file.toString()).endsWith("--").doesNotContain("w-r-w");
            }
        }
    }

    @Test
    void strangersAreNotLetIn() {
        var options = ClientOptions.DEFAULT.withTls(ClientTls.believingAnything());
        try (var client = HttpClient.to(plane().uri(), options)) {
            for (var path : new String[] {"/api/v1/secrets", "/metrics", "/debug/pprof/"}) {
                assertThat(((Response.Full) client.send(Request.get(path))).status())
                        .as(path)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void whoHasNoRoleMayDoNothing() {
        var bob = plane().client(User.of("bob", User.AUTHENTICATED), "test");

        for (var path : new String[] {"/api/v1/secrets", "/metrics", "/debug/pprof/"}) {
            assertThat(bob.send(Request.get(path)).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void onlyTheMastersAreClusterAdministrators() {
        var admin = plane().client(User.of("admin", User.MASTERS), "test");

        var bindings =
                ((Response.Full)
                                admin.send(
                                        Request.get(
                                                "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/cluster-admin")))
                        .body()
                        .text();

        assertThat(bindings).contains("\"name\":\"system:masters\"");
        assertThat(bindings.split("\"kind\":\"Group\"", -1)).hasSize(2);
        assertThat(bindings).doesNotContain("ServiceAccount");
    }

    @Test
    void noTokenIsGoodUnlessAFileOrTheClusterSaysSo() {
        var options = ClientOptions.DEFAULT.withTls(ClientTls.believingAnything());
        try (var client = HttpClient.to(plane().uri(), options)) {
            for (var credential :
                    new String[] {"Bearer admin", "Bearer ", "Basic YWRtaW46YWRtaW4="}) {
                var request = Request.get("/api").withHeader("authorization", credential);
                assertThat(((Response.Full) client.send(request)).status())
                        .as(credential)
                        .isEqualTo(401);
            }
        }
    }

    /// kube-controller-manager and kube-scheduler answer about their health, and nothing else.
    @Test
    void componentsHaveNoProfiles() {
        var any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var options = ClientOptions.DEFAULT.withTls(ClientTls.believingAnything());
        try (var server = ComponentServer.start("part", any, ComponentServer.selfSigned("part"));
                var client =
                        HttpClient.to(URI.create("https://127.0.0.1:" + server.port()), options)) {
            for (var path : new String[] {"/debug/pprof/", "/configz", "/metrics"}) {
                assertThat(((Response.Full) client.send(Request.get(path))).status())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    /// A pod gets a token for as long as its own life, not one that never ends.
    @Test
    void noAccountHasATokenThatDoesNotEnd() {
        var admin = plane().client(User.of("admin", User.MASTERS), "test");

        var secrets =
                ((Response.Full)
                                admin.send(
                                        Request.get("/api/v1/secrets")
                                                .withQuery(
                                                        Query.parse(
                                                                "fieldSelector=type%3Dkubernetes.io/service-account-token"))))
                        .body()
                        .text();

        assertThat(secrets).contains("\"items\":[]");
    }
}
