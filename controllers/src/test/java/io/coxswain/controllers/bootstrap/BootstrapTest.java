package io.coxswain.controllers.bootstrap;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.client.fixture.Nouns.viewAt;
import static io.coxswain.controllers.PlanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Secret;
import io.coxswain.client.controller.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    private static final ConfigMap INFO =
            any(ConfigMap.class, "cluster-info")
                    .in("kube-public")
                    .set(ConfigMap::data, Map.of("kubeconfig", "content", "jws-kubeconfig-old", ""))
                    .build();

    private static Secret token(String id, String expiration, String signing) {
        return any(Secret.class, "bootstrap-token-" + id)
                .in("kube-system")
                .set(Secret::type, "bootstrap.kubernetes.io/token")
                .set(
                        Secret::data,
                        Map.of(
                                "token-id", bytes(id),
                                "token-secret", bytes("0123456789abcdef"),
                                "expiration", bytes(expiration),
                                "usage-bootstrap-signing", bytes(signing)))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void clusterInformationIsSignedWithEveryTokenThatMaySign() {
        var ending = NOW.plusSeconds(60).toString();
        var plan =
                new BootstrapSigner()
                        .reconcile(
                                INFO,
                                view(
                                        token("aaaaaa", "", "true"),
                                        token("bbbbbb", "", "false"),
                                        token("cccccc", "1999-01-01T00:00:00Z", "true"),
                                        token("dddddd", ending, "true")));

        assertThat(plan)
                .looksAgainIn(Duration.ofMinutes(1))
                .updated(ConfigMap.class)
                .singleElement()
                .satisfies(info -> {
                    assertThat(info.data())
                            .containsOnlyKeys(
                                    "kubeconfig", "jws-kubeconfig-aaaaaa", "jws-kubeconfig-dddddd");
                    var signature = info.data().get("jws-kubeconfig-aaaaaa");
                    assertThat(signature).isNotNull();
                    assertThat(
                                    DetachedSignature.matches(
                                            String.valueOf(signature),
                                            "content",
                                            "aaaaaa",
                                            "0123456789abcdef"))
                            .isTrue();
                });
    }

    /// The example of RFC 7515, appendix A.1, has another header; this was made with openssl.
    @Test
    void aSignatureDependsOnContentAndToken() {
        var signature = DetachedSignature.sign("content", "aaaaaa", "0123456789abcdef");

        assertThat(signature)
                .startsWith("eyJhbGciOiJIUzI1NiIsImtpZCI6ImFhYWFhYSJ9..")
                .hasSize(40 + 2 + 43);
        assertThat(DetachedSignature.matches(signature, "other", "aaaaaa", "0123456789abcdef"))
                .isFalse();
        assertThat(DetachedSignature.matches(signature, "content", "aaaaaa", "x")).isFalse();
        assertThat(DetachedSignature.matches("", "content", "aaaaaa", "x")).isFalse();
    }

    @Test
    void otherConfigMapsAreNotTouched() {
        var other = any(ConfigMap.class, "cluster-info").in("default").build();

        assertThat(new BootstrapSigner().reconcile(other, view(token("aaaaaa", "", "true"))))
                .isEqualTo(Plan.NOTHING);
    }

    @Test
    void aTokenGoesWhenItHasExpired() {
        var cleaner = new TokenCleaner();
        var token = token("aaaaaa", NOW.plusSeconds(60).toString(), "true");

        assertThat(cleaner.reconcile(token, view()))
                .changesNothing()
                .looksAgainIn(Duration.ofMinutes(1));
        assertThat(cleaner.reconcile(token, viewAt(NOW.plusSeconds(60))))
                .deletesOnly("bootstrap-token-aaaaaa");
        assertThat(cleaner.reconcile(token("aaaaaa", "tomorrow", "true"), view()))
                .deletesOnly("bootstrap-token-aaaaaa");
        assertThat(cleaner.reconcile(token("aaaaaa", "", "true"), view())).isEqualTo(Plan.NOTHING);
    }

    @Test
    void otherSecretsAreNoTokens() {
        var renamed =
                any(Secret.class, "mine")
                        .in("kube-system")
                        .set(Secret::type, "bootstrap.kubernetes.io/token")
                        .set(Secret::data, Map.of("expiration", bytes("1999-01-01T00:00:00Z")))
                        .build();

        assertThat(new TokenCleaner().reconcile(renamed, view())).isEqualTo(Plan.NOTHING);
    }
}
