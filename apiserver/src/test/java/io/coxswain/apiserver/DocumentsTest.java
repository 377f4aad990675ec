package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Discovery, health, keys: the paths that are no resources.
class DocumentsTest {

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void discoveryNamesGroupsAndResources() {
        assertThat(admin.get("/api").at("versions")).isEqualTo("[\"v1\"]");
        assertThat(admin.get("/apis").text()).contains("\"groupVersion\":\"apps/v1\"");
        assertThat(admin.get("/apis/apps").at("preferredVersion", "version")).isEqualTo("v1");
        assertThat(admin.get("/api/v1").text()).contains("\"name\":\"pods/eviction\"");
        assertThat(admin.get("/apis/apps/v9").status()).isEqualTo(404);
        assertThat(admin.get("/apis/none.example").status()).isEqualTo(404);
    }

    @Test
    void oneAggregatedDocumentIsEnoughForNewClients() {
        var asking =
                admin.with(
                        "accept",
                        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");

        var document = asking.get("/apis");
        var tag = document.headers().first("etag");

        assertThat(document.at("kind")).isEqualTo("APIGroupDiscoveryList");
        assertThat(tag).isNotNull();
        assertThat(asking.with("if-none-match", String.valueOf(tag)).get("/apis").status())
                .isEqualTo(304);
    }

    @Test
    void healthIsTextAndVersionIsJson() {
        assertThat(admin.get("/readyz").text()).isEqualTo("ok");
        assertThat(admin.get("/livez?verbose").text()).contains("[+]ping ok");
        assertThat(admin.get("/version").at("minor")).isEqualTo("36");
    }

    @Test
    void theKeysOfTokensAreForEverybodyToCheck() {
        assertThat(admin.get("/openid/v1/jwks").at("keys", "0", "use")).isEqualTo("sig");
        assertThat(admin.get("/.well-known/openid-configuration").at("issuer"))
                .isEqualTo("https://kubernetes.default.svc");
    }
}
