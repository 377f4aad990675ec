package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.Locale;
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
    void aClientThatKnowsAnEarlierAggregatedDocumentGetsPlainOnes() {
        var asking =
                admin.with(
                        "accept",
                        "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                                + "application/json");

        assertThat(asking.get("/apis").at("kind")).isEqualTo("APIGroupList");
        assertThat(asking.get("/api").at("kind")).isEqualTo("APIVersions");
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

    @Test
    void oneOpenApiDocumentDescribesEveryKindForOldClients() {
        var document = admin.get("/openapi/v2");

        assertThat(document.at("swagger")).isEqualTo("2.0");
        var pod = "io.k8s.api.core.v1.Pod";
        assertThat(document.at("definitions", pod, "x-kubernetes-group-version-kind", "0", "kind"))
                .isEqualTo("Pod");
        assertThat(document.at("definitions", pod, "properties", "spec", "$ref"))
                .isEqualTo("#/definitions/io.k8s.api.core.v1.PodSpec");
        var path = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}";
        assertThat(document.at("paths", path, "patch", "x-kubernetes-group-version-kind", "group"))
                .isEqualTo("apps");
    }

    @Test
    void theSameDocumentComesAsProtobuf() {
        for (var spelling : new String[] {"@v1.0+protobuf", ".v1.0+protobuf"}) {
            var type = "application/com.github.proto-openapi.spec.v2" + spelling;
            var document = admin.with("accept", type).get("/openapi/v2");

            // Go's clients cannot read a type with an @, although they ask for it.
            assertThat(document.headers().first("content-type"))
                    .isEqualTo("application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
            // Field 1 is the text "2.0", field 2 a message.
            assertThat(document.body()).startsWith(0x0a, 3, '2', '.', '0', 0x12);
        }
    }

    @Test
    void everyFieldOfABuiltInKindIsDescribed() {
        var bare = new ArrayList<String>();
        try (var plain = new TestServer()) {
            var types = plain.admin().get("/openapi/v2").json().object("definitions");
            types.fields()
                    .forEach((type, schema) -> {
                        if (type.startsWith("io.k8s.api.")) {
                            ((Json.Obj) schema)
                                    .object("properties")
                                    .fields()
                                    .forEach((field, property) -> {
                                        var text = ((Json.Obj) property).text("description");
                                        if (text.isEmpty() || text.equals(words(field))) {
                                            bare.add(type + "." + field);
                                        }
                                    });
                        }
                    });
        }
        assertThat(bare).isEmpty();
    }

    /// What stands in for a text that nobody has written.
    private static String words(String field) {
        var spaced =
                field.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1 $2");
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1) + ".";
    }
}
