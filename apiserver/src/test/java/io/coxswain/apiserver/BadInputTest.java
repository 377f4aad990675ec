package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.http.Payload;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients should not send: each is refused with a Status, quickly, and the server goes on.
@Timeout(8)
class BadInputTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @BeforeEach
    void create() {
        admin.post(MAPS, "{metadata: {name: a}, data: {k: v}}");
    }

    @AfterEach
    void close() {
        assertThat(admin.get(MAPS + "/a").status()).isEqualTo(200);
        server.close();
    }

    private Answer post(String type, String body) {
        return admin.send("POST", MAPS, type, body);
    }

    private Answer patch(String type, String body) {
        return admin.send("PATCH", MAPS + "/a", type, body);
    }

    @Test
    void malformedJson() {
        for (var body : new String[] {"", "{", "[]", "nul", "{\"a\":}", "{\"a\":1}}", "\u0000"}) {
            assertThat(post("application/json", body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void deepNesting() {
        var deep = "[".repeat(200_000) + "]".repeat(200_000);
        var body = "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"x\":" + deep + "}";

        assertThat(post("application/json", body).status()).isEqualTo(400);
        assertThat(patch("application/merge-patch+json", "{\"x\":" + deep + "}").status())
                .isBetween(400, 422);
        assertThat(patch("application/strategic-merge-patch+json", "{\"x\":" + deep + "}").status())
                .isBetween(400, 422);
        assertThat(post("application/yaml", "x: " + deep).status()).isEqualTo(400);
    }

    @Test
    void yamlBombs() {
        var bomb =
                "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                        + IntStream.range('b', 'k')
                                .mapToObj(c ->
                                        "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n"
                                                .replace("%c", "#")
                                                .replaceFirst("#", Character.toString(c))
                                                .replaceFirst("#", Character.toString(c))
                                                .replace("#", Character.toString(c - 1)))
                                .collect(Collectors.joining());

        assertThat(post("application/yaml", bomb).status()).isEqualTo(400);
        assertThat(patch("application/apply-patch+yaml", bomb).status()).isBetween(400, 422);
    }

    @Test
    void hugeNumbers() {
        var body =
                "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\"},"
                        + "\"spec\":{\"terminationGracePeriodSeconds\":"
                        + "9".repeat(100_000)
                        + ",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}";

        var answer =
                admin.send("POST", "/api/v1/namespaces/default/pods", "application/json", body);

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void repeatedKeysAreRefusedWhereAskedFor() {
        var json = "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"d\"},\"data\":{},\"data\":{}}";
        var yaml = "metadata: {name: d}\ndata: {a: b}\ndata: {a: c}\n";
        var strict = MAPS + "?fieldValidation=Strict";

        assertThat(admin.send("POST", strict, "application/json", json).at("message"))
                .contains("duplicate field \"data\"");
        assertThat(admin.send("POST", strict, "application/yaml", yaml).at("message"))
                .contains("key \"data\" already set in map");
    }

    @Test
    void wrongContentTypes() {
        assertThat(post("text/plain", "{}").status()).isEqualTo(415);
        assertThat(patch("application/json", "{}").status()).isEqualTo(415);
        assertThat(admin.with("accept", "image/png").get(MAPS).status()).isEqualTo(406);
    }

    @Test
    void patchesThatGrow() {
        var grow =
                IntStream.range(0, 40)
                        .mapToObj(i ->
                                "{\"op\":\"copy\",\"from\":\"/data\",\"path\":\"/data/x"
                                        + i
                                        + "\"}")
                        .collect(Collectors.joining(",", "[", "]"));
        var many =
                IntStream.range(0, 10_001)
                        .mapToObj(
                                i -> "{\"op\":\"test\",\"path\":\"/kind\",\"value\":\"ConfigMap\"}")
                        .collect(Collectors.joining(",", "[", "]"));

        assertThat(patch("application/json-patch+json", grow).status()).isBetween(400, 422);
        assertThat(patch("application/json-patch+json", many).status()).isEqualTo(413);
    }

    @Test
    void bodiesThatAreTooLong() {
        var answer = admin.upload(MAPS, Payload.tooLarge(3 << 20));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.at("reason")).isEqualTo("RequestEntityTooLarge");
    }

    @Test
    void malformedProtobuf() {
        var type = "application/vnd.kubernetes.protobuf";
        var good = admin.with("accept", type).get(MAPS + "/a").body();
        for (var end = 0; end < good.length; end++) {
            var cut = java.util.Arrays.copyOf(good, end);
            assertThat(admin.send("POST", MAPS, type, cut).status())
                    .as("%d of %d bytes", end, good.length)
                    .isBetween(400, 499);
        }
        for (var tail : new int[] {0x0b, 0x0f, 0x07, 0xff}) {
            var broken = java.util.Arrays.copyOf(good, good.length + 1);
            broken[good.length] = (byte) tail;
            assertThat(admin.send("POST", MAPS, type, broken).status()).isBetween(400, 499);
        }
        assertThat(post(type, "{\"kind\":\"ConfigMap\"}").status()).isEqualTo(400);
    }

    /// A schema in a schema in a schema, four hundred times.
    @Test
    void deeplyNestedProtobuf() {
        var message = new byte[0];
        var all = new java.io.ByteArrayOutputStream();
        for (var depth = 0; depth < 400; depth++) {
            all.reset();
            all.write(0x0a);
            varint(all, message.length);
            all.writeBytes(message);
            message = all.toByteArray();
        }
        var path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        var envelope = new java.io.ByteArrayOutputStream();
        envelope.writeBytes(new byte[] {'k', '8', 's', 0, 0x12});
        varint(envelope, message.length);
        envelope.writeBytes(message);

        var answer =
                admin.send(
                        "POST",
                        path,
                        "application/vnd.kubernetes.protobuf",
                        envelope.toByteArray());

        assertThat(answer.status()).isBetween(400, 499);
    }

    private static void varint(java.io.ByteArrayOutputStream out, int value) {
        var rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    @Test
    void textThatIsNoUtf8() {
        var body =
                "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"u\"},\"data\":{\"k\":\"\u00ff\"}}"
                        .getBytes(StandardCharsets.ISO_8859_1);

        // As Go reads it: what is no character becomes the replacement character.
        assertThat(admin.upload(MAPS, Payload.of(body)).status()).isIn(201, 400);
    }

    @Test
    void selectorsAndTokensThatAreNone() {
        for (var query :
                new String[] {
                    "labelSelector=a+in+(",
                    "fieldSelector=a",
                    "limit=x",
                    "continue=%21",
                    "resourceVersion=-1",
                    "labelSelector=" + "a,".repeat(20_000) + "%21%21"
                }) {
            assertThat(admin.get(MAPS + "?" + query).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    void pathsThatLeadOutside() {
        for (var path :
                new String[] {
                    "/api/v1/namespaces/default/configmaps/..",
                    "/api/v1/namespaces/../configmaps/a",
                    "/api/v1/namespaces/default/configmaps/a%2Fb",
                    "/api/v1/namespaces/default/configmaps/a\u0000b",
                    "/apis/%2e%2e/v1/pods"
                }) {
            assertThat(admin.get(path).status()).as(path).isIn(400, 404);
        }
    }
}
