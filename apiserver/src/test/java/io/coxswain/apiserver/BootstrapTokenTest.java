package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The tokens by which nodes join.
class BootstrapTokenTest {

    private static final String SECRETS = "/api/v1/namespaces/kube-system/secrets";
    private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String CLUSTER_INFO =
            "/api/v1/namespaces/kube-public/configmaps/cluster-info";

    private final TestServer server = new TestServer(false);

    @AfterEach
    void close() {
        server.close();
    }

    private void secret(String more) {
        secret("bootstrap.kubernetes.io/token", more);
    }

    private void secret(String type, String more) {
        server.admin()
                .post(
                        SECRETS,
                        "{metadata: {name: bootstrap-token-abcdef}, type: "
                                + type
                                + ", stringData: {token-id: abcdef, token-secret:"
                                + " \"0123456789abcdef\""
                                + more
                                + "}}");
    }

    private Answer who(String token) {
        return server.bearer(token).post(WHO, "{}");
    }

    @Test
    void aTokenStandsForAMachineThatMayJoin() {
        secret(
                ", usage-bootstrap-authentication: \"true\","
                        + " auth-extra-groups: \"system:bootstrappers:workers\"");

        var answer = who("abcdef.0123456789abcdef");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.at("status", "userInfo", "username"))
                .isEqualTo("system:bootstrap:abcdef");
        assertThat(answer.at("status", "userInfo", "groups", "0"))
                .isEqualTo("system:bootstrappers");
        assertThat(answer.at("status", "userInfo", "groups", "1"))
                .isEqualTo("system:bootstrappers:workers");
    }

    @Test
    void aWrongOrUnusableTokenIsNobodys() {
        secret(", usage-bootstrap-authentication: \"true\"");

        assertThat(who("abcdef.0123456789abcdee").status()).isEqualTo(401);
        assertThat(who("abcdeg.0123456789abcdef").status()).isEqualTo(401);
        assertThat(who("abcdef.").status()).isEqualTo(401);
        assertThat(who("ABCDEF.0123456789abcdef").status()).isEqualTo(401);
    }

    @Test
    void aSecretThatIsNotMeantForItIsNoToken() {
        secret("");
        assertThat(who("abcdef.0123456789abcdef").status()).isEqualTo(401);

        server.admin().delete(SECRETS + "/bootstrap-token-abcdef");
        secret("Opaque", ", usage-bootstrap-authentication: \"true\"");
        assertThat(who("abcdef.0123456789abcdef").status()).isEqualTo(401);
    }

    @Test
    void aTokenGivesNoGroupButThoseOfBootstrappers() {
        secret(
                ", usage-bootstrap-authentication: \"true\","
                        + " auth-extra-groups: \"system:masters\"");

        assertThat(who("abcdef.0123456789abcdef").status()).isEqualTo(401);
    }

    @Test
    void aTokenEnds() {
        secret(
                ", usage-bootstrap-authentication: \"true\","
                        + " expiration: \"2026-01-01T01:00:00Z\"");

        assertThat(who("abcdef.0123456789abcdef").status()).isEqualTo(201);
        server.clock.advance(Duration.ofHours(1));
        assertThat(who("abcdef.0123456789abcdef").status()).isEqualTo(401);
    }

    @Test
    void aStrangerMayAskOnlyWhomToTrust() {
        assertThat(server.stranger().get(CLUSTER_INFO).status()).isEqualTo(403);
        assertThat(server.stranger().delete(CLUSTER_INFO).status()).isEqualTo(401);
        assertThat(server.stranger().get("/api").status()).isEqualTo(401);
        assertThat(server.bearer("x").get(CLUSTER_INFO).status()).isEqualTo(401);
    }
}
