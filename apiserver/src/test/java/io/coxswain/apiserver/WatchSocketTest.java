package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.http.DirectClient;
import io.coxswain.http.Headers;
import io.coxswain.http.Peer;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Upgrade;
import io.coxswain.http.stream.WebSocket;
import io.coxswain.http.stream.WebSockets;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Watches over WebSockets, as fabric8 opens them.
@Timeout(20)
class WatchSocketTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    private Upgrade ask(String query, Headers more, String... protocols) {
        var peer = Peer.inProcess(User.of("admin", User.MASTERS, User.AUTHENTICATED));
        var offer = WebSockets.offer(List.of(protocols));
        var request =
                Request.get(MAPS)
                        .withQuery(Query.parse(query))
                        .withHeaders(offer.headers().withAll(more));
        return new DirectClient(server.handler(), peer).upgrade(request);
    }

    private WebSocket open(String query, String... headers) {
        return WebSocket.client(((Upgrade.Accepted) ask(query, Headers.of(headers))).connection());
    }

    private static String next(WebSocket socket) throws IOException {
        var message = Objects.requireNonNull(socket.receive());
        assertThat(message.text()).isTrue();
        return message.string();
    }

    @Test
    void anEventIsATextMessage() throws Exception {
        admin.post(MAPS, "{metadata: {name: early}}");
        try (var socket = open("watch=true")) {
            assertThat(next(socket))
                    .startsWith("{\"type\":\"ADDED\",\"object\":{")
                    .contains("\"name\":\"early\"")
                    .endsWith("}\n");

            admin.post(MAPS, "{metadata: {name: late}}");

            assertThat(next(socket)).contains("\"type\":\"ADDED\"", "\"name\":\"late\"");
        }
    }

    @Test
    void protobufIsABinaryMessageWithoutALength() throws Exception {
        admin.post(MAPS, "{metadata: {name: early}}");
        var accept = "application/vnd.kubernetes.protobuf;stream=watch";
        try (var socket = open("watch=true", "accept", accept)) {
            var message = Objects.requireNonNull(socket.receive());

            assertThat(message.text()).isFalse();
            // Field 1 of WatchEvent, then its five letters.
            assertThat(message.bytes()).startsWith(0x0a, 5, 'A', 'D', 'D', 'E', 'D');
        }
    }

    @Test
    void theServerSaysGoodbyeWhenTheTimeIsOver() throws Exception {
        admin.post(MAPS, "{metadata: {name: early}}");
        try (var socket = open("watch=true&timeoutSeconds=5")) {
            next(socket); // It has begun.
            server.clock.advance(java.time.Duration.ofSeconds(6));
            admin.post(MAPS, "{metadata: {name: wakes}}");

            while (socket.receive() != null) {
                // What happened before.
            }
            assertThat(socket.closeCode()).isEqualTo(WebSocket.NORMAL);
        }
    }

    @Test
    void aGoodbyeOfTheClientEndsTheWatch() throws Exception {
        try (var socket = open("watch=true")) {
            socket.close(WebSocket.NORMAL, "");

            while (socket.receive() != null) {
                // Until the server answers the goodbye.
            }
            assertThat(socket.closeCode()).isEqualTo(WebSocket.NORMAL);
        }
    }

    @Test
    void aRevisionThatIsGoneIsAnErrorMessage() throws Exception {
        try (var socket =
                open(
                        "watch=true&resourceVersion=1&sendInitialEvents=false"
                                + "&resourceVersionMatch=NotOlderThan")) {
            admin.post(MAPS, "{metadata: {name: a}}");

            assertThat(next(socket)).contains("\"type\":");
        }
    }

    @Test
    void oneProtocolIsTakenAndSeveralAreNot() {
        var one = (Upgrade.Accepted) ask("watch=true", Headers.EMPTY, "base64.binary.k8s.io");
        assertThat(one.headers().first("sec-websocket-protocol")).isEqualTo("base64.binary.k8s.io");
        one.connection().close();

        var two = (Upgrade.Refused) ask("watch=true", Headers.EMPTY, "a", "b");
        assertThat(two.response().status()).isEqualTo(400);
    }

    @Test
    void whatCannotBeWatchedIsRefusedBeforeTheHandshake() {
        var refused = (Upgrade.Refused) ask("watch=true", Headers.of("accept", "application/yaml"));

        assertThat(refused.response().status()).isEqualTo(406);
    }
}
