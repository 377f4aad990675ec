package io.coxswain.cluster.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.json.Json;
import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.base.ManualClock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.client.Client;
import io.coxswain.client.Kubeconfig;
import io.coxswain.client.KubeconfigConnection;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.Planes;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The controllers of a process of their own, each as a service account.
@Timeout(60)
class AccountClientsTest {

    private static final String CONTROLLERS = "system:kube-controller-manager";

    @TempDir Path directory;
    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);
    private final ManualClock clock = new ManualClock(Clock.SYSTEM.now());
    private @Nullable ControlPlane plane;
    private @Nullable AccountClients clients;

    @BeforeEach
    void start() {
        var started = Planes.start(directory, loops);
        plane = started;
        var cluster =
                Map.of(
                        "server", Json.of(started.uri().toString()),
                        "insecure-skip-tls-verify", Json.of(true));
        var context =
                new Kubeconfig.Context("c", Json.object(cluster), Json.EMPTY, "default", directory);
        var issuer = started.client(User.of(CONTROLLERS, User.AUTHENTICATED), "test");
        clients = new AccountClients(issuer, new KubeconfigConnection(context), clock);
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(clients).close();
        Objects.requireNonNull(plane).close();
        loops.close();
    }

    private Client as(String account) {
        return Objects.requireNonNull(clients).apply(account);
    }

    private static Json.Obj whoAmI(Client client) {
        return client.json(
                        Request.of("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews")
                                .withBody("application/json", Payload.of("{}")))
                .object("status")
                .object("userInfo");
    }

    private static String credential(Client client) {
        return whoAmI(client).object("extra").toString();
    }

    @Test
    void eachActsAsItsAccountWhichIsMadeWhenItIsMissing() {
        var client = as("some-new-controller");

        assertThat(whoAmI(client).text("username"))
                .isEqualTo("system:serviceaccount:kube-system:some-new-controller");
        var admin = Objects.requireNonNull(plane).client(User.of("a", User.MASTERS), "test");
        assertThat(admin.find(ServiceAccount.class, "kube-system", "some-new-controller"))
                .isNotNull();
    }

    @Test
    void itMayDoWhatItsRoleSaysAndNoMore() {
        var job = as("job-controller");

        var refused = job.send(Request.get("/api/v1/namespaces/default/secrets/x"));
        assertThat(refused.status()).isEqualTo(403);
        var allowed =
                as("token-cleaner").send(Request.get("/api/v1/namespaces/kube-system/secrets"));
        assertThat(allowed.status()).isEqualTo(200);
    }

    @Test
    void aTokenIsKeptUntilItIsAboutToEnd() {
        var client = as("job-controller");
        var first = credential(client);

        assertThat(credential(client)).isEqualTo(first);
        clock.advance(Duration.ofMinutes(50));
        assertThat(credential(client)).isNotEqualTo(first);
    }
}
