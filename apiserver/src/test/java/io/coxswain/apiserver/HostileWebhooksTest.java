package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.audit.AuditEvent;
import io.coxswain.apiserver.audit.WebhookSink;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authentication.WebhookTokens;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.authorization.Authorizers;
import io.coxswain.apiserver.config.HostileServer;
import io.coxswain.apiserver.config.HostileServer.Manner;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.apiserver.remote.CallFailed;
import io.coxswain.apiserver.remote.Connections;
import io.coxswain.apiserver.remote.ServiceAddresses;
import io.coxswain.apiserver.remote.WebhookClient;
import io.coxswain.apiserver.remote.WebhookTarget;
import io.coxswain.base.Clock;
import io.coxswain.base.ManualClock;
import io.coxswain.base.tls.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whoever is asked may hang, drip, flood or lie: the question ends in time, and nobody is let in.
class HostileWebhooksTest {

    private static final Duration PATIENCE = Duration.ofMillis(150);
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    @TempDir Path directory;
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final long begun = Clock.SYSTEM.nanos();
    private HostileServer server =
            new HostileServer(Manner.HANGS, ServerSocketFactory.getDefault());

    @AfterEach
    void close() throws IOException {
        server.close();
        assertThat(Duration.ofNanos(Clock.SYSTEM.nanos() - begun)).isLessThan(AT_MOST);
    }

    private Path kubeconfig(Manner manner) throws IOException {
        server.close();
        server = new HostileServer(manner, ServerSocketFactory.getDefault());
        return Files.writeString(
                directory.resolve("kubeconfig"),
                """
                current-context: c
                contexts: [{name: c, context: {cluster: s, user: u}}]
                clusters: [{name: s, cluster: {server: "http://127.0.0.1:%d/ask"}}]
                users: [{name: u, user: {token: t}}]
                """
                        .formatted(server.port()));
    }

    /// Admission and conversion.
    @ParameterizedTest
    @EnumSource(Manner.class)
    void aHookGivesNoAnswer(Manner manner) throws IOException, GeneralSecurityException {
        server.close();
        server = new HostileServer(manner, TlsBackend.context().getServerSocketFactory());
        var target =
                new WebhookTarget(
                        "https://127.0.0.1:" + server.port() + "/",
                        null,
                        new Connections.Trust(
                                Pem.encode(List.of(TlsBackend.AUTHORITY.certificate())), false));

        try (var client =
                new WebhookClient((namespace, name, port) ->
                        new ServiceAddresses.Found.Nowhere("", "", ""))) {
            assertThatThrownBy(() ->
                            client.ask(
                                    target,
                                    Json.EMPTY,
                                    new WebhookClient.Patience(PATIENCE, 3 << 20)))
                    .isInstanceOf(CallFailed.class);
        }
    }

    /// Image policy, and whatever else a kubeconfig leads to.
    @ParameterizedTest
    @EnumSource(Manner.class)
    void aServerOfAKubeconfigGivesNoAnswer(Manner manner) throws IOException {
        try (var remote = KubeconfigServer.read(kubeconfig(manner), PATIENCE)) {
            assertThatThrownBy(() -> remote.post(Json.EMPTY))
                    .isInstanceOf(KubeconfigServer.Failed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Manner.class)
    void noTokenIsGood(Manner manner) throws IOException {
        try (var remote = KubeconfigServer.read(kubeconfig(manner), PATIENCE)) {
            var tokens = new WebhookTokens(remote, "v1", List.of("here"), clock);

            assertThat(tokens.verify("token", List.of()))
                    .isNotInstanceOf(TokenAuthenticator.Accepted.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Manner.class)
    void nothingIsAllowed(Manner manner) throws IOException {
        var configuration =
                Authorizers.parse(
                        """
                        apiVersion: apiserver.config.k8s.io/v1
                        kind: AuthorizationConfiguration
                        authorizers:
                        - type: Webhook
                          name: w
                          webhook:
                            timeout: 150ms
                            authorizedTTL: 5m
                            unauthorizedTTL: 30s
                            subjectAccessReviewVersion: v1
                            failurePolicy: Deny
                            connectionInfo: {type: KubeConfigFile, kubeConfigFile: "%s"}
                        """
                                .formatted(kubeconfig(manner)));
        Authorizer none = request -> new Authorizer.NoOpinion("");
        var question = new Attributes(User.of("bob"), "get", "", "default", "secrets", "", "s", "");

        try (var authorizers = new Authorizers(() -> configuration, none, none, clock)) {
            assertThat(authorizers.authorize(question)).isInstanceOf(Authorizer.Denied.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Manner.class,
            names = {"HANGS", "RESETS", "REDIRECTS", "ANSWERS_NOTHING"})
    void eventsThatNobodyTookAreNotTaken(Manner manner) throws IOException {
        try (var remote = KubeconfigServer.read(kubeconfig(manner), PATIENCE);
                var sink = new WebhookSink(remote, Duration.ofMillis(1), clock)) {
            // Who answers nothing has said yes: an audit webhook need not say more.
            assertThat(sink.accept(List.<AuditEvent>of()))
                    .isEqualTo(manner == Manner.ANSWERS_NOTHING);
        }
    }
}
