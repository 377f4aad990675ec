package io.coxswain.apiserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.http.Duplex;
import io.coxswain.http.DuplexPair;
import io.coxswain.http.Handler;
import io.coxswain.http.Headers;
import io.coxswain.http.HttpServer;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.ServerOptions;
import io.coxswain.http.ServerTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Another API server behind this one, over TLS: lists, watches, connections taken over.
@Timeout(20)
class AggregationOverTlsTest {

    private static final String SERVICES = "/apis/apiregistration.k8s.io/v1/apiservices";
    private static final CertificateAuthority FRONT =
            CertificateAuthority.create("front-proxy", Clock.SYSTEM, Duration.ofDays(1));
    private static final CertificateAuthority STRANGER =
            CertificateAuthority.create("backends", Clock.SYSTEM, Duration.ofDays(1));

    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private volatile Handler behaviour = request -> Response.text(404, "no");
    private final HttpServer backend =
            HttpServer.start(
                    ServerOptions.loopback()
                            .withTls(
                                    ServerTls.of(
                                            TlsBackend.AUTHORITY.issue(
                                                    CertificateRequest.server(
                                                            "backend",
                                                            List.of("backend.default.svc"),
                                                            List.of(
                                                                    InetAddress
                                                                            .getLoopbackAddress()))),
                                            FRONT.certificate())),
                    this::answer);
    private final TestServer server =
            new TestServer(
                    true,
                    configuration ->
                            configuration.withFrontProxy(
                                    new FrontProxy(
                                            "",
                                            "",
                                            FRONT.issue(
                                                    CertificateRequest.client(
                                                            "front-proxy-client")))));
    private final TestServer.Caller admin = server.admin();

    private Response answer(Request request) {
        seen.add(request);
        return request.path().equals("/apis/x.example/v1")
                ? json(
                        "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"resources\":[{\"name\":"
                                + "\"things\",\"kind\":\"Thing\",\"namespaced\":true,\"verbs\":[\"list\"]}]}")
                : behaviour.handle(request);
    }

    private static Response json(String text) {
        return new Response.Full(
                200, Headers.of("content-type", "application/json"), Payload.of(text));
    }

    @AfterEach
    void close() {
        server.close();
        backend.close();
    }

    private void register(String authority) {
        admin.post(
                "/api/v1/namespaces/default/services",
                "{metadata: {name: backend}, spec: {type: ExternalName, externalName: localhost}}");
        admin.post(
                SERVICES,
                "{metadata: {name: v1.x.example}, spec: {group: x.example, version: v1,"
                        + " groupPriorityMinimum: 100, versionPriority: 10, caBundle: "
                        + authority
                        + ", service: {namespace: default, name: backend, port: "
                        + backend.port()
                        + "}}}");
        server.settle();
    }

    private Answer condition() {
        return admin.get(SERVICES + "/v1.x.example");
    }

    @Test
    void itsResourcesAreDiscoveredAndItIsToldWhoAsks() {
        register(TlsBackend.authority());
        behaviour = request -> json("{\"kind\":\"ThingList\",\"items\":[]}");

        assertThat(condition().at("status", "conditions", "0", "message"))
                .isEqualTo("all checks passed");
        assertThat(admin.get("/apis/x.example/v1/things").at("kind")).isEqualTo("ThingList");
        var asked = seen.getLast();
        assertThat(asked.headers().first("x-remote-user")).isEqualTo("admin");
        assertThat(asked.headers().all("x-remote-group")).contains(User.MASTERS);
        assertThat(asked.peer().certificates().getFirst().getSubjectX500Principal().getName())
                .isEqualTo("CN=front-proxy-client");
    }

    private static Response documents(Request request) {
        return switch (request.path()) {
            case "/openapi/v3" ->
                    json(
                            "{\"paths\":{\"apis/x.example/v1\":{\"serverRelativeURL\":"
                                    + "\"/openapi/v3/apis/x.example/v1?hash=1\"}}}");
            case "/openapi/v3/apis/x.example/v1" -> json("{\"openapi\":\"3.0.0\"}");
            case "/openapi/v2" ->
                    json(
                            """
                            {"swagger": "2.0", "paths": {
                              "/apis/x.example/v1/things": {"get": {"responses": {"200": {"schema":
                                {"$ref": "#/definitions/Thing"}}}}},
                              "/apis/apps/v1/deployments": {"get": {"operationId": "evil"}}},
                             "definitions": {
                              "Thing": {"properties": {"meta": {"$ref":
                                "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}}},
                              "Unused": {},
                              "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": {"type": "string"}}}
                            """);
            default -> Response.text(404, "no");
        };
    }

    @Test
    void itsDocumentsAreMergedAndPassedOn() {
        behaviour = AggregationOverTlsTest::documents;
        register(TlsBackend.authority());

        assertThat(admin.get("/openapi/v3").at("paths", "apis/x.example/v1", "serverRelativeURL"))
                .isEqualTo("/openapi/v3/apis/x.example/v1?hash=1");
        assertThat(admin.get("/openapi/v3/apis/x.example/v1?hash=1").at("openapi"))
                .isEqualTo("3.0.0");
        assertThat(seen.getLast().query().first("hash")).isEqualTo("1");
        assertThat(admin.get("/openapi/v3/apis/y.example/v1").status()).isEqualTo(404);
    }

    @Test
    void oneDocumentHasItsKindsWithTheirOwnDefinitions() {
        behaviour = AggregationOverTlsTest::documents;
        register(TlsBackend.authority());
        var document = admin.get("/openapi/v2").json();

        var definitions = document.object("definitions");
        var renamed = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta_v2";
        assertThat(document.object("paths").fields()).containsKey("/apis/x.example/v1/things");
        assertThat(definitions.object(renamed).text("type")).isEqualTo("string");
        assertThat(definitions.object("Thing").object("properties").object("meta").text("$ref"))
                .isEqualTo("#/definitions/" + renamed);
        assertThat(definitions.fields()).doesNotContainKey("Unused");
        var deployments = document.object("paths").object("/apis/apps/v1/deployments");
        assertThat(deployments.object("get").text("operationId")).isNotEqualTo("evil");

        admin.delete(SERVICES + "/v1.x.example");
        server.settle();
        assertThat(admin.get("/openapi/v2").json().object("paths").fields())
                .doesNotContainKey("/apis/x.example/v1/things");
    }

    @Test
    void aServerThatAnotherAuthorityVouchesForIsNotBelieved() {
        register(TlsBackend.base64(STRANGER));

        assertThat(condition().at("status", "conditions", "0", "reason"))
                .isEqualTo("FailedDiscoveryCheck");
        assertThat(admin.get("/apis/x.example/v1/things").status()).isEqualTo(503);
        assertThat(seen).isEmpty();
    }

    @Test
    void eachEventOfAWatchIsPassedOnAsItComes() throws Exception {
        register(TlsBackend.authority());
        var pair = new DuplexPair();
        behaviour =
                request ->
                        new Response.Streaming(
                                200,
                                Headers.of("content-type", "application/json"),
                                sink -> {
                                    for (var event = line(pair.right());
                                            event != null;
                                            event = line(pair.right())) {
                                        sink.write(Payload.of(event + "\n"));
                                        sink.flush();
                                    }
                                });

        var watch = (Response.Streaming) admin.open("GET", "/apis/x.example/v1/things?watch=true");
        var frames = new CopyOnWriteArrayList<String>();
        say(pair.left(), "first");
        var reader =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                watch.producer().writeTo(new Frames(frames, pair.left()));
                            } catch (IOException e) {
                                frames.add("failed: " + e);
                            }
                        });
        reader.join();

        assertThat(String.join("", frames)).isEqualTo("first\nsecond\n");
    }

    /// Says the second event when the first has arrived, and then ends.
    private record Frames(List<String> frames, Duplex backend) implements Response.Sink {
        @Override
        public void write(Payload frame) throws IOException {
            frames.add(frame.text());
            if (frames.size() == 1) {
                say(backend, "second");
                backend.close();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {}
    }

    private static void say(Duplex to, String line) throws IOException {
        to.output().write((line + "\n").getBytes(UTF_8));
        to.output().flush();
    }

    private static @Nullable String line(Duplex from) throws IOException {
        var text = new StringBuilder();
        for (var next = from.input().read(); next >= 0; next = from.input().read()) {
            if (next == '\n') {
                return text.toString();
            }
            text.append((char) next);
        }
        return null;
    }

    @Test
    void aConnectionThatBothSidesUseIsPassedThrough() throws Exception {
        register(TlsBackend.authority());
        behaviour =
                request ->
                        new Response.Upgrade(
                                Headers.of("upgrade", "echo", "connection", "Upgrade"),
                                connection -> {
                                    connection.output().write(connection.input().read() + 1);
                                    connection.output().flush();
                                    connection.close();
                                });
        var caller = admin.with("upgrade", "echo").with("connection", "Upgrade");

        var upgrade = (Response.Upgrade) caller.open("GET", "/apis/x.example/v1/things/a/attach");
        var pair = new DuplexPair();
        var session = Thread.ofVirtual().start(() -> run(upgrade, pair.right()));
        pair.left().output().write('a');
        pair.left().output().flush();

        assertThat(pair.left().input().read()).isEqualTo('b');
        pair.left().close();
        session.join();
    }

    private static void run(Response.Upgrade upgrade, Duplex connection) {
        try {
            upgrade.session().run(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// CVE-2018-1002105: a refused upgrade is an answer, and its connection is never used again.
    @Test
    void theConnectionOfARefusedUpgradeIsNotUsedForAnybodyElse() {
        register(TlsBackend.authority());
        behaviour = request -> Response.text(403, "no");
        var caller = admin.with("upgrade", "SPDY/3.1").with("connection", "Upgrade");

        var refused = Answer.of(caller.open("POST", "/apis/x.example/v1/things/a/exec"));
        var first = seen.getLast().peer().address();
        server.as("bob", User.AUTHENTICATED, User.MASTERS).get("/apis/x.example/v1/things");
        var second = seen.getLast().peer().address();

        assertThat(refused.status()).isEqualTo(403);
        assertThat(second).isNotEqualTo(first);
    }

    /// CVE-2022-3172.
    @Test
    void aRedirectIsNotPassedOnToTheClient() {
        register(TlsBackend.authority());
        behaviour =
                request ->
                        new Response.Full(
                                302,
                                Headers.of("location", "https://evil.example/"),
                                Payload.EMPTY);

        assertThat(admin.get("/apis/x.example/v1/things").status()).isEqualTo(502);
    }
}
