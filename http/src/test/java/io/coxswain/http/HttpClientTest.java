package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only a client over the network does.
@Timeout(20)
class HttpClientTest {

    private static final String JSON = "{\"items\":[" + "\"some text\",".repeat(30_000) + "0]}";

    private static HttpClient client(HttpServer server, boolean http2) {
        return HttpClient.to(
                TransportTest.uri("https", server), TransportTest.trusting().withHttp2(http2));
    }

    @Test
    void addsDefaultHeadersThatTheRequestDoesNotHave() {
        var tokens = new AtomicInteger();
        try (var server =
                        HttpServer.start(
                                ServerOptions.loopback(),
                                request ->
                                        Response.text(
                                                200,
                                                request.headers()
                                                        .all("authorization")
                                                        .toString()));
                var client =
                        HttpClient.to(
                                TransportTest.uri("http", server),
                                ClientOptions.DEFAULT.withToken(
                                        () -> "t" + tokens.incrementAndGet()))) {
            assertThat(body(client, Request.get("/"))).isEqualTo("[Bearer t1]");
            assertThat(body(client, Request.get("/"))).isEqualTo("[Bearer t2]");
            assertThat(body(client, Request.get("/").withHeader("Authorization", "Basic x")))
                    .isEqualTo("[Basic x]");
        }
    }

    @Test
    void putsThePathOfItsBaseBeforeEveryPath() {
        try (var server =
                        HttpServer.start(
                                ServerOptions.loopback(),
                                request -> Response.text(200, request.path()));
                var client =
                        HttpClient.to(
                                URI.create("http://127.0.0.1:" + server.port() + "/prefix/"),
                                ClientOptions.DEFAULT)) {
            assertThat(body(client, Request.get("/api"))).isEqualTo("/prefix/api");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void largeObjectsAreCompressedForThoseWhoAsk(boolean http2) throws Exception {
        try (var server =
                        HttpServer.start(
                                TransportTest.tls(),
                                request -> Response.of(200, "application/json", Payload.of(JSON)));
                var client = client(server, http2)) {
            var asked = Request.get("/").withHeader("accept-encoding", "gzip");
            var packed = (Response.Full) client.send(asked);

            assertThat(packed.headers().first("content-encoding")).isEqualTo("gzip");
            assertThat(packed.headers().first("vary")).isEqualTo("Accept-Encoding");
            assertThat(unpack(packed.body().bytes())).isEqualTo(JSON);
            assertThat(body(client, Request.get("/"))).isEqualTo(JSON);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void streamsAreCompressedWhenTheyAreLongAndNotFlushed(boolean http2) throws Exception {
        Response.Producer producer =
                sink -> {
                    for (var from = 0; from < JSON.length(); from += 1000) {
                        var to = Math.min(JSON.length(), from + 1000);
                        sink.write(Payload.of(JSON.substring(from, to)));
                    }
                };
        var headers = Headers.of("content-type", "application/json");
        try (var server =
                        HttpServer.start(
                                TransportTest.tls(),
                                request ->
                                        new Response.Streaming(
                                                200,
                                                headers,
                                                sink -> {
                                                    if (request.path().equals("/watch")) {
                                                        sink.flush();
                                                    }
                                                    producer.writeTo(sink);
                                                }));
                var client = client(server, http2)) {
            var packed = client.open(Request.get("/l").withHeader("accept-encoding", "gzip"));
            assertThat(packed.headers().first("content-encoding")).isEqualTo("gzip");
            assertThat(unpack(packed.body().readAll(1 << 20).bytes())).isEqualTo(JSON);

            var plain = client.open(Request.get("/watch").withHeader("accept-encoding", "gzip"));
            assertThat(plain.headers().first("content-encoding")).isNull();
            assertThat(plain.body().readAll(1 << 20).text()).isEqualTo(JSON);
        }
    }

    /// With a limit of two streams, ten watches need five connections.
    @Test
    void opensAnotherConnectionWhenOneIsFull() throws Exception {
        var limits = Limits.DEFAULT.withStreamsMax(2);
        var done = new CountDownLatch(1);
        try (var server =
                        HttpServer.start(
                                TransportTest.tls().withLimits(limits),
                                request ->
                                        new Response.Streaming(
                                                200,
                                                Headers.EMPTY,
                                                sink -> TransportContract.await(done)));
                var client = client(server, true)) {
            var watches = new ArrayList<Exchange>();
            for (var i = 0; i < 10; i++) {
                watches.add(client.open(Request.get("/watch/" + i)));
            }
            assertThat(watches).allSatisfy(watch -> assertThat(watch.status()).isEqualTo(200));
            done.countDown();
            for (var watch : watches) {
                assertThat(watch.body().take()).isNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void asksAgainWhenAnIdleConnectionWasClosedByTheServer(boolean http2) {
        var handler = (Handler) request -> Response.text(200, "ok");
        var first = HttpServer.start(TransportTest.tls(), handler);
        var port = first.port();
        try (var client = client(first, http2)) {
            assertThat(body(client, Request.get("/"))).isEqualTo("ok");
            first.close();
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var options = ServerOptions.at(address).withTls(ServerTls.of(TransportTest.SERVER));
            try (var second = HttpServer.start(options, handler)) {
                assertThat(second.port()).isEqualTo(port);
                assertThat(body(client, Request.get("/"))).isEqualTo("ok");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatClosesEndsItsWatchesCleanly(boolean http2) throws Exception {
        var server =
                HttpServer.start(
                        TransportTest.tls(),
                        request ->
                                new Response.Streaming(
                                        200,
                                        Headers.EMPTY,
                                        sink -> {
                                            var ending = new CountDownLatch(1);
                                            sink.onClose(ending::countDown);
                                            TransportContract.await(ending);
                                            sink.write(Payload.of("bye"));
                                        }));
        try (var client = client(server, http2)) {
            var watch = client.open(Request.get("/watch"));
            server.close();

            assertThat(watch.body().readAll(100).text()).isEqualTo("bye");
            assertThat(watch.body().failure()).isNull();
        }
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws Exception {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var client =
                        HttpClient.to(
                                URI.create("http://127.0.0.1:" + silent.getLocalPort()),
                                ClientOptions.DEFAULT.withTimeouts(
                                        Duration.ofSeconds(2), Duration.ofMillis(200)))) {
            assertThatThrownBy(() -> client.send(Request.get("/")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("no answer to GET /");
        }
    }

    @Test
    void saysWhereItCouldNotConnect() throws Exception {
        int port;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (var client =
                HttpClient.to(URI.create("http://127.0.0.1:" + port), ClientOptions.DEFAULT)) {
            assertThatThrownBy(() -> client.send(Request.get("/")))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void aServerThatBreaksOffIsNotTakenForWhole() throws Exception {
        try (var rude = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var client =
                        HttpClient.to(
                                URI.create("http://127.0.0.1:" + rude.getLocalPort()),
                                ClientOptions.DEFAULT)) {
            var serving =
                    Thread.ofVirtual()
                            .start(() ->
                                    answer(
                                            rude,
                                            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"
                                                    + "half"));
            var exchange = client.open(Request.get("/"));

            assertThatThrownBy(() -> exchange.body().readAll(100)).isInstanceOf(IOException.class);
            serving.join();
        }
    }

    @Test
    void aRequestCannotBeSplitByItsPathOrHeaders() throws Exception {
        try (var server =
                        HttpServer.start(
                                ServerOptions.loopback(),
                                request -> Response.text(200, request.rawPath()));
                var client =
                        HttpClient.to(TransportTest.uri("http", server), ClientOptions.DEFAULT)) {
            assertThat(body(client, Request.get("/a b\r\nX: y"))).isEqualTo("/a%20b%0D%0AX:%20y");
            assertThatThrownBy(() -> client.send(Request.get("/").withHeader("x", "a\r\nevil: 1")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(body(client, Request.get("/after"))).isEqualTo("/after");
        }
    }

    private static void answer(ServerSocket server, String text) {
        try (var socket = server.accept()) {
            var request = socket.getInputStream();
            while (request.available() == 0) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            request.readNBytes(request.available());
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String body(HttpClient client, Request request) {
        return ((Response.Full) client.send(request)).body().text();
    }

    private static String unpack(byte[] packed) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
