package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.apiserver.registry.RuntimeConfig;
import org.junit.jupiter.api.Test;

/// Versions of the API that are turned on and off.
class EarlyVersionsTest {

    private static final String CLAIMS = "/namespaces/default/resourceclaims";

    private static TestServer serving(String runtimeConfig) {
        return new TestServer(true, common -> common.serving(Serving.parse(runtimeConfig, "")));
    }

    @Test
    void nobodyFindsThemByDefault() {
        try (var server = new TestServer()) {
            var admin = server.admin();
            assertThat(admin.get("/apis/networking.k8s.io/v1beta1/ipaddresses").status())
                    .isEqualTo(404);
            assertThat(admin.get("/apis/networking.k8s.io").text()).doesNotContain("v1beta1");
            assertThat(admin.get("/openapi/v3").text()).doesNotContain("beta");
        }
    }

    @Test
    void aTwinShowsTheSameObjectsUnderItsOwnVersion() {
        try (var server = serving("networking.k8s.io/v1beta1=true")) {
            var admin = server.admin();
            var address = admin.get("/apis/networking.k8s.io/v1beta1/ipaddresses/10.96.0.1");
            assertThat(address.at("apiVersion")).isEqualTo("networking.k8s.io/v1beta1");
            assertThat(address.revision())
                    .isEqualTo(
                            admin.get("/apis/networking.k8s.io/v1/ipaddresses/10.96.0.1")
                                    .revision());
            assertThat(address.warnings()).singleElement().asString().contains("deprecated");
            assertThat(admin.get("/apis/networking.k8s.io").text())
                    .contains("\"preferredVersion\":{\"groupVersion\":\"networking.k8s.io/v1\"");
            assertThat(admin.get("/openapi/v3/apis/networking.k8s.io/v1beta1").text())
                    .contains("io.k8s.api.networking.v1beta1.IPAddressSpec")
                    .doesNotContain("networking.v1.IPAddress");
        }
    }

    @Test
    void anotherFormIsConvertedBothWays() {
        try (var server = serving("api/beta=true")) {
            var admin = server.admin();
            var beta = "/apis/resource.k8s.io/v1beta1" + CLAIMS;
            var made =
                    admin.post(
                            beta + "?fieldManager=m",
                            "{metadata: {name: a}, spec: {devices: {requests: [{name: r,"
                                    + " deviceClassName: c}]}}}");
            assertThat(made.status()).isEqualTo(201);
            assertThat(made.at("spec", "devices", "requests", "0", "count")).isEqualTo("1");

            var stored = admin.get("/apis/resource.k8s.io/v1" + CLAIMS + "/a");

            assertThat(stored.at("spec", "devices", "requests", "0", "exactly", "deviceClassName"))
                    .isEqualTo("c");
            assertThat(stored.at("metadata", "managedFields", "0", "apiVersion"))
                    .isEqualTo("resource.k8s.io/v1beta1");
        }
    }

    @Test
    void aFinalVersionCanBeTurnedOff() {
        try (var server = serving("apps/v1=false,apps/v1/deployments=true")) {
            var admin = server.admin();
            assertThat(admin.get("/apis/apps/v1/replicasets").status()).isEqualTo(404);
            assertThat(admin.get("/apis/apps/v1/deployments").status()).isEqualTo(200);
        }
    }

    @Test
    void theMoreASettingNamesTheMoreItCounts() {
        var config = RuntimeConfig.parse("api/all=false,api/beta=true,batch/v1,v1=true,a/v1beta1=0");

        assertThat(config.serves("apps", "v1", "deployments")).isFalse();
        assertThat(config.serves("batch", "v1", "jobs")).isTrue();
        assertThat(config.serves("", "v1", "pods")).isTrue();
        assertThat(config.serves("x", "v1beta1", "y")).isTrue();
        assertThat(config.serves("a", "v1beta1", "y")).isFalse();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> RuntimeConfig.parse("api/all=false"))
                .hasMessage("invalid key with only api/all=false");
        assertThatThrownBy(() -> RuntimeConfig.parse("apps")).hasMessageContaining("invalid key");
        assertThatThrownBy(() -> RuntimeConfig.parse("apps/v1=perhaps"))
                .hasMessageContaining("perhaps");
        assertThatThrownBy(() -> serving("nothing/v1=true"))
                .hasMessage("unknown api groups nothing");
        assertThatThrownBy(() -> Serving.parse("", "Gate=on")).hasMessageContaining("Gate");
    }
}
