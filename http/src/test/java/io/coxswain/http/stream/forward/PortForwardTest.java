package io.coxswain.http.stream.forward;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.stream.ChannelSocket;
import io.coxswain.http.stream.HalfCloseable;
import io.coxswain.http.stream.MemoryDuplex;
import io.coxswain.http.stream.Pipes;
import io.coxswain.http.stream.SpdySession;
import io.coxswain.http.stream.UpgradeOffer;
import io.coxswain.http.stream.WebSocket;
import io.coxswain.http.stream.WebSockets;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class PortForwardTest {

    /// Ports below 1000 are closed; the others send back what they get.
    private static final PortForwardServer.Connector PODS =
            PortForwardServer.Connector.of("pod web, uid 1", PortForwardTest::dial);

    private final MemoryDuplex.Pair wire = MemoryDuplex.pair();

    @AfterEach
    void close() {
        wire.client().close();
        wire.server().close();
    }

    private static Duplex dial(int port) throws IOException {
        if (port < 1000) {
            throw new IOException("connection refused");
        }
        var pair = MemoryDuplex.pair();
        Thread.ofVirtual().start(() -> echo(pair.server()));
        return pair.client();
    }

    private static void echo(MemoryDuplex connection) {
        try {
            Pipes.copy(connection.input(), connection.output());
            connection.closeOutput();
        } catch (IOException closed) {
            connection.close();
        }
    }

    private Thread serve(UpgradeOffer offer, PortForwardServer.Connector connector) {
        var request = Request.get("/portForward").withHeaders(offer.headers());
        var answer = PortForwardServer.negotiate(request, List.of(8080, 80), connector);
        var session = ((Response.Upgrade) answer).session();
        return Thread.ofVirtual()
                .start(() -> {
                    try (var connection = wire.server()) {
                        session.run(connection);
                    } catch (IOException lost) {
                        wire.client().close();
                    }
                });
    }

    private PortForwardClient connect(boolean tunnelled, PortForwardServer.Connector connector) {
        var offer = tunnelled ? PortForwardClient.webSocketOffer() : PortForwardClient.spdyOffer();
        serve(offer, connector);
        return tunnelled
                ? PortForwardClient.overWebSocket(wire.client())
                : PortForwardClient.overSpdy(wire.client());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void severalConnectionsPassAtOnce(boolean tunnelled) throws Exception {
        try (var client = connect(tunnelled, PODS)) {
            var one = client.dial(8080);
            var two = client.dial(8081);
            var data = new byte[800_000];
            new Random(5).nextBytes(data);
            var sender = Thread.ofVirtual().start(() -> send(one, data));
            send(two, "small".getBytes(UTF_8));

            assertThat(two.input().readAllBytes()).asString(UTF_8).isEqualTo("small");
            assertThat(Arrays.equals(one.input().readAllBytes(), data)).isTrue();
            assertThat(one.failure()).isNull();
            sender.join();
        }
    }

    private static void send(HalfCloseable connection, byte[] data) {
        try {
            connection.output().write(data);
            connection.closeOutput();
        } catch (IOException closed) {
            connection.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClosedPortIsReportedAndTheOthersGoOn(boolean tunnelled) throws Exception {
        try (var client = connect(tunnelled, PODS)) {
            var refused = client.dial(80);

            assertThat(refused.failure())
                    .isEqualTo("error forwarding port 80 to pod web, uid 1: connection refused");
            var open = client.dial(8080);
            send(open, "still".getBytes(UTF_8));
            assertThat(open.input().readAllBytes()).asString(UTF_8).isEqualTo("still");
        }
    }

    @Test
    void aKubeletForwardsToItsRuntime() throws Exception {
        var inner = MemoryDuplex.pair();
        var runtime = Thread.ofVirtual().start(() -> serveRuntime(inner.server()));
        try (var toRuntime = PortForwardClient.overSpdy(inner.client());
                var client = connect(true, toRuntime)) {
            var open = client.dial(8080);
            send(open, "through".getBytes(UTF_8));
            assertThat(open.input().readAllBytes()).asString(UTF_8).isEqualTo("through");

            assertThat(client.dial(80).failure()).contains("connection refused");
        }
        runtime.join();
    }

    @Test
    void aTunnelIsTakenOffForAKubeletWithoutThem() throws Exception {
        var inner = MemoryDuplex.pair();
        var kubelet = Thread.ofVirtual().start(() -> serveRuntime(inner.server()));
        var offer = PortForwardClient.webSocketOffer();
        var request = Request.get("/portforward").withHeaders(offer.headers());
        assertThat(PortForwardServer.tunnelAsked(request)).isTrue();
        var answer = (Response.Upgrade) PortForwardServer.untunnel(request, inner.client());
        var proxy = Thread.ofVirtual().start(() -> runQuietly(answer.session()));

        try (var client = PortForwardClient.overWebSocket(wire.client())) {
            var open = client.dial(8080);
            send(open, "through".getBytes(UTF_8));
            assertThat(open.input().readAllBytes()).asString(UTF_8).isEqualTo("through");
        }
        proxy.join();
        kubelet.join();
    }

    private void runQuietly(Response.Session session) {
        try (var connection = wire.server()) {
            session.run(connection);
        } catch (IOException lost) {
            wire.client().close();
        }
    }

    private static void serveRuntime(Duplex connection) {
        try {
            SpdyPortForwards.serve(connection, PODS);
        } catch (IOException lost) {
            connection.close();
        }
    }

    @Test
    void aClientWithoutRequestIdsIsServed() throws Exception {
        serve(PortForwardClient.spdyOffer(), PODS);
        var session = SpdySession.client(wire.client(), SpdySession.Listener.NONE);
        var headers = Headers.of("port", "8080");
        session.open(headers.with("streamtype", "error")).closeOutput();
        var data = session.open(headers.with("streamtype", "data"));
        send(data, "old".getBytes(UTF_8));

        assertThat(data.input().readAllBytes()).asString(UTF_8).isEqualTo("old");
    }

    @Test
    void streamsThatMakeNoSenseAreRefused() {
        serve(PortForwardClient.spdyOffer(), PODS);
        var session = SpdySession.client(wire.client(), SpdySession.Listener.NONE);

        for (var headers :
                List.of(
                        Headers.of("port", "8080"),
                        Headers.of("streamtype", "data"),
                        Headers.of("streamtype", "stdin", "port", "8080"),
                        Headers.of("streamtype", "data", "port", "0"),
                        Headers.of("streamtype", "data", "port", "65536"),
                        Headers.of("streamtype", "data", "port", "-1"))) {
            assertThatThrownBy(() -> session.open(headers)).hasMessage("stream was refused");
        }
    }

    @Test
    void channelsBeginWithThePortNumberAndCarryErrors() throws Exception {
        var protocol = "v4.channel.k8s.io";
        serve(WebSockets.offer(List.of(protocol)), PODS);
        var channels =
                ChannelSocket.start(
                        WebSocket.client(wire.client()), protocol, 4, Set.of(0, 1, 2, 3));

        assertThat(channels.input(0).readNBytes(2)).containsExactly(0x90, 0x1f);
        assertThat(channels.input(1).readNBytes(2)).containsExactly(0x90, 0x1f);
        assertThat(channels.input(2).readNBytes(2)).containsExactly(80, 0);
        assertThat(channels.input(3).readNBytes(2)).containsExactly(80, 0);
        channels.output(0).write("ping".getBytes(UTF_8));
        assertThat(channels.input(0).readNBytes(4)).asString(UTF_8).isEqualTo("ping");
        var refusal = "error forwarding port 80 to pod web, uid 1: connection refused";
        assertThat(channels.input(3).readNBytes(refusal.length()))
                .asString(UTF_8)
                .isEqualTo(refusal);
    }

    @Test
    void aVanishedClientEndsEverything() throws Exception {
        var server = serve(PortForwardClient.spdyOffer(), PODS);
        var client = PortForwardClient.overSpdy(wire.client());
        client.dial(8080);
        wire.client().close();

        server.join();
    }

    @Test
    void portsComeFromTheQuery() {
        assertThat(PortForwardServer.ports(Query.parse("ports=80,443&ports=8080"), "ports"))
                .containsExactly(80, 443, 8080);
        assertThatThrownBy(() -> PortForwardServer.ports(Query.EMPTY, "port"))
                .hasMessage("query parameter \"port\" is required");
        assertThatThrownBy(() -> PortForwardServer.ports(Query.parse("port="), "port"))
                .hasMessage("query parameter \"port\" cannot be empty");
        assertThatThrownBy(() -> PortForwardServer.ports(Query.parse("port=0"), "port"))
                .hasMessage("port \"0\" must be > 0");
    }
}
