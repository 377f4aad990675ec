package io.coxswain.conformance.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import io.coxswain.conformance.Waiting;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a cluster says about itself and about those who ask.
@ExtendWith(ServerExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterTest {

    private static final String NAMESPACE = "fabric8-cluster";

    private final KubernetesClient client;
    private final Config config;

    ClusterTest(Server server) {
        config = Connections.config(server);
        client = Connections.inNamespace(server, NAMESPACE);
    }

    @AfterAll
    void close() {
        client.close();
    }

    @Test
    void saysItsVersionAndGroups() {
        assertThat(client.getKubernetesVersion().getMinor()).startsWith("36");
        assertThat(client.getApiGroups().getGroups()).extracting("name").contains("apps", "batch");
        assertThat(client.getApiResources("v1").getResources())
                .extracting("name")
                .contains("pods", "pods/log", "namespaces/finalize");
        assertThat(client.supports("apps/v1", "Deployment")).isTrue();
        assertThat(client.supports("apps/v1", "Nothing")).isFalse();
        assertThat(client.hasApiGroup("apps", true)).isTrue();
        assertThat(client.raw("/openapi/v3")).contains("apis/apps/v1");
        assertThat(client.raw("/readyz")).isEqualTo("ok");
    }

    @Test
    void reviewsAccess() {
        var mine =
                client.resource(
                                new SelfSubjectAccessReviewBuilder()
                                        .withNewSpec()
                                        .withNewResourceAttributes()
                                        .withVerb("delete")
                                        .withResource("nodes")
                                        .endResourceAttributes()
                                        .endSpec()
                                        .build())
                        .create();
        assertThat(mine.getStatus().getAllowed()).isTrue();
        var theirs =
                client.resource(
                                new SubjectAccessReviewBuilder()
                                        .withNewSpec()
                                        .withUser("jane")
                                        .withNewResourceAttributes()
                                        .withVerb("get")
                                        .withResource("pods")
                                        .withNamespace("default")
                                        .endResourceAttributes()
                                        .endSpec()
                                        .build())
                        .create();
        assertThat(theirs.getStatus().getAllowed()).isFalse();
    }

    @Test
    void aServiceAccountTokenLetsIn() {
        client.resource(
                        new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withName("robot")
                                .endMetadata()
                                .build())
                .create();
        var token =
                client.serviceAccounts()
                        .withName("robot")
                        .tokenRequest(
                                new TokenRequestBuilder()
                                        .withNewSpec()
                                        .withExpirationSeconds(3600L)
                                        .endSpec()
                                        .build())
                        .getStatus()
                        .getToken();
        var review =
                client.resource(
                                new TokenReviewBuilder()
                                        .withNewSpec()
                                        .withToken(token)
                                        .endSpec()
                                        .build())
                        .create();
        assertThat(review.getStatus().getUser().getUsername())
                .isEqualTo("system:serviceaccount:" + NAMESPACE + ":robot");

        var robot =
                new ConfigBuilder(Config.empty())
                        .withMasterUrl(config.getMasterUrl())
                        .withCaCertData(config.getCaCertData())
                        .withOauthToken(token)
                        .withNamespace(NAMESPACE)
                        .build();
        try (var limited = new KubernetesClientBuilder().withConfig(robot).build()) {
            assertThatThrownBy(() -> limited.secrets().list())
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining(
                            "secrets is forbidden: User"
                                    + " \"system:serviceaccount:fabric8-cluster:robot\" cannot list"
                                    + " resource \"secrets\" in API group \"\" in the namespace"
                                    + " \"fabric8-cluster\"");
        }
    }

    @Test
    void anotherUserIsPlayed() {
        var played =
                new ConfigBuilder(config)
                        .withImpersonateUsername("jane")
                        .withImpersonateGroups("readers")
                        .build();
        try (var jane = new KubernetesClientBuilder().withConfig(played).build()) {
            assertThatThrownBy(() -> jane.pods().inNamespace("default").list())
                    .hasMessageContaining("User \"jane\" cannot list resource \"pods\"");
        }
    }

    @Test
    void secretsAreEncoded() {
        var secret =
                client.resource(
                                new io.fabric8.kubernetes.api.model.SecretBuilder()
                                        .withNewMetadata()
                                        .withName("encoded")
                                        .endMetadata()
                                        .withStringData(Map.of("a", "text"))
                                        .build())
                        .create();
        assertThat(secret.getData())
                .containsEntry("a", Base64.getEncoder().encodeToString("text".getBytes(UTF_8)));
        assertThat(secret.getStringData()).isNullOrEmpty();
    }

    @Test
    void aNamespaceGoesWithWhatIsInIt() {
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("fabric8-gone")
                                .endMetadata()
                                .build())
                .create();
        client.configMaps()
                .inNamespace("fabric8-gone")
                .resource(
                        new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("inside")
                                .endMetadata()
                                .build())
                .create();
        client.namespaces().withName("fabric8-gone").delete();
        Waiting.until(
                "the namespace is gone",
                () -> client.namespaces().withName("fabric8-gone").get() == null);
        assertThat(client.configMaps().inNamespace("fabric8-gone").list().getItems()).isEmpty();
    }

    private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;
}
