package io.coxswain.cluster.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Secret;
import io.coxswain.api.schema.ApiError;
import io.coxswain.apiserver.User;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.client.Client;
import io.coxswain.client.fixture.Nouns;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.NetworkFacts;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.Planes;
import io.coxswain.cluster.StartupException;
import io.coxswain.controllers.bootstrap.BootstrapSigner;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// From a token to a node's own certificate, over TLS.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JoiningTest {

    private Path directory = Path.of("");
    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);
    private ControlPlane plane;
    private Client admin;

    @BeforeAll
    void start(@TempDir Path folder) {
        directory = folder;
        plane = Planes.start(directory.resolve("plane"), loops);
        admin = plane.client(User.of("admin", User.MASTERS), "test");
    }

    @AfterAll
    void stop() {
        plane.close();
        loops.close();
    }

    private void allow(JoinToken token, String... usages) {
        admin.create(token.stored(null, "", List.of(usages), List.of()));
        if (List.of(usages).contains("signing")) {
            await(() -> {
                var info = admin.get(ConfigMap.class, "kube-public", "cluster-info");
                return info.data().containsKey(BootstrapSigner.SIGNATURE_PREFIX + token.id());
            });
        }
    }

    private Membership join(JoinToken token, String node, String... pins) {
        return new Joining(List.of(plane.uri()), token, List.of(pins), node)
                .join(directory.resolve(node), Planes.quiet(), Clock.SYSTEM);
    }

    @Test
    void aTokenIsAllThatAMachineNeeds() {
        var token = JoinToken.parse("aaaaaa.0123456789abcdef");
        allow(token, "signing", "authentication");
        var authority = Pki.open(new DataDirectory(directory.resolve("plane")).pki(), Clock.SYSTEM);

        try (var member = join(token, "n1", KeyPin.of(authority.authority()))) {
            var client = member.client("kubelet");
            client.create(Planes.unsaved(Nouns.node("n1").build(), Node::metadata));

            assertThat(client.get(Node.class, "", "n1").name()).isEqualTo("n1");
            assertThat(client.get(ConfigMap.class, NetworkFacts.NAMESPACE, NetworkFacts.NAME))
                    .isNotNull();
            assertThatThrownBy(() -> client.get(Secret.class, "kube-system", "any"))
                    .isInstanceOf(ApiError.class);
            await(() -> client.get(Node.class, "", "n1").spec().podCIDR().endsWith(".0/24"));
        }
        var servers = List.of(plane.uri());
        var again = Membership.stored(servers, "n1", directory.resolve("n1"), Clock.SYSTEM);
        try (var member = Objects.requireNonNull(again)) {
            assertThat(member.client("kubelet").get(Node.class, "", "n1")).isNotNull();
        }
        assertThat(Membership.stored(servers, "n2", directory.resolve("n1"), Clock.SYSTEM))
                .isNull();
    }

    @Test
    void whoDoesNotKnowTheTokenIsNotBelieved() {
        var token = JoinToken.parse("bbbbbb.0123456789abcdef");
        allow(token, "signing", "authentication");
        var wrong = JoinToken.parse("bbbbbb.0123456789abcdee");
        var unknown = JoinToken.parse("cccccc.0123456789abcdef");

        assertThatThrownBy(() -> join(wrong, "n3"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("is not signed with the token bbbbbb");
        assertThatThrownBy(() -> join(unknown, "n3"))
                .hasMessageContaining("does not know the token cccccc");
        assertThatThrownBy(() -> join(token, "n3", "sha256:" + "0".repeat(64)))
                .hasMessageContaining("has none of the pinned keys");
    }

    @Test
    void aTokenThatMayOnlySignLetsNobodyIn() {
        var token = JoinToken.parse("dddddd.0123456789abcdef");
        allow(token, "signing");

        assertThatThrownBy(() -> join(token, "n4"))
                .hasMessageContaining("does not accept the token dddddd");
    }

    @Test
    void nobodyIsThere() {
        var token = JoinToken.parse("eeeeee.0123456789abcdef");
        var nobody = URI.create("https://127.0.0.1:1");

        assertThatThrownBy(() ->
                        new Joining(List.of(nobody), token, List.of(), "n5")
                                .join(directory.resolve("n5"), Planes.quiet(), Clock.SYSTEM))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("cannot reach https://127.0.0.1:1");
    }

    @Test
    void aTokenIsNeverShown() {
        var token = JoinToken.parse("ffffff.0123456789abcdef");

        assertThat(token.toString()).doesNotContain("0123456789abcdef");
        assertThatThrownBy(() -> JoinToken.parse("ffffff.0123456789ABCDEF"))
                .hasMessageNotContaining("0123456789");
    }

    private static void await(BooleanSupplier condition) {
        var end = Clock.SYSTEM.nanos() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(Clock.SYSTEM.nanos()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
