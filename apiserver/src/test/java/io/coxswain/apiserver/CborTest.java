package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.cbor.CborReader;
import io.coxswain.api.cbor.CborWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// CBOR, for those who turn it on.
class CborTest {

    private static final String CBOR = "application/cbor";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server =
            new TestServer(
                    true, common -> common.serving(Serving.parse("", "CBORServingAndStorage=true")));
    private final TestServer.Caller admin = server.admin();
    private final TestServer.Caller asking = admin.with("accept", CBOR);

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] body(String yaml) {
        return CborWriter.write(Yaml.readAll(yaml).getFirst());
    }

    private static Json.Obj tree(Answer answer) {
        assertThat(answer.headers().first("content-type")).isEqualTo(CBOR);
        return (Json.Obj) CborReader.read(answer.body());
    }

    @Test
    void anObjectIsCreatedListedAndRead() {
        var made = asking.send("POST", MAPS, CBOR, body("{metadata: {name: a}, data: {k: v}}"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(tree(made).object("data").text("k")).isEqualTo("v");
        assertThat(tree(asking.get(MAPS)).items("items")).hasSize(1);
        assertThat(admin.get(MAPS + "/a").at("data", "k")).isEqualTo("v");
    }

    @Test
    void aConfigurationIsApplied() {
        var applied =
                asking.send(
                        "PATCH",
                        MAPS + "/a?fieldManager=m",
                        "application/apply-patch+cbor",
                        body("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}"));

        assertThat(applied.status()).isEqualTo(201);
        assertThat(tree(applied).object("data").text("k")).isEqualTo("v");
    }

    @Test
    void errorsAreToldInIt() {
        var missing = asking.get(MAPS + "/none");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(tree(missing).text("reason")).isEqualTo("NotFound");
    }

    @Test
    void whoLikesJsonBetterGetsJson() {
        var both = admin.with("accept", "application/json, application/cbor;q=0.5");

        assertThat(both.get(MAPS).headers().first("content-type")).isEqualTo("application/json");
    }

    @Test
    void aBodyThatIsNoneIsRefused() {
        assertThat(admin.send("POST", MAPS, CBOR, new byte[] {(byte) 0x9f}).status())
                .isEqualTo(400);
    }

    @Test
    void withoutTheGateNobodyKnowsIt() {
        try (var plain = new TestServer()) {
            var caller = plain.admin();
            assertThat(caller.with("accept", CBOR).get(MAPS).status()).isEqualTo(406);
            assertThat(caller.send("POST", MAPS, CBOR, body("{metadata: {name: a}}")).status())
                    .isEqualTo(415);
        }
    }
}
