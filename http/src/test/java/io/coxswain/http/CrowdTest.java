package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What many bad clients cost a good one: nothing it notices.
@Timeout(30)
class CrowdTest {

    private static final int CROWD = 150;
    private static final int FRAME_BYTES = 16 << 10;

    private final AtomicLong produced = new AtomicLong();
    private final CountDownLatch gone = new CountDownLatch(CROWD);
    private final HttpServer server =
            HttpServer.start(
                    ServerOptions.loopback()
                            .withLimits(
                                    Limits.DEFAULT
                                            .withHeads(1 << 20, 20_000)
                                            .withTimeouts(
                                                    Duration.ofSeconds(2),
                                                    Duration.ofSeconds(2),
                                                    Duration.ofSeconds(2),
                                                    Duration.ofSeconds(1))),
                    request ->
                            request.path().equals("/watch")
                                    ? new Response.Streaming(200, Headers.EMPTY, this::flood)
                                    : Response.text(200, "ok"));
    private final List<Socket> crowd = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (var socket : crowd) {
            socket.close();
        }
        server.close();
    }

    private void flood(Response.Sink sink) throws IOException {
        sink.onClose(gone::countDown);
        var frame = Payload.of(new byte[FRAME_BYTES]);
        while (true) {
            sink.write(frame);
            sink.flush();
            produced.addAndGet(FRAME_BYTES);
        }
    }

    private void gather(String text) throws IOException {
        for (var i = 0; i < CROWD; i++) {
            var socket = new Socket();
            socket.setReceiveBufferSize(16 << 10);
            socket.setSoTimeout(20_000);
            socket.connect(
                    new java.net.InetSocketAddress(
                            InetAddress.getLoopbackAddress(), server.port()));
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            crowd.add(socket);
        }
    }

    private void aGoodClientIsAnswered() {
        try (var client = HttpClient.to(TransportTest.uri("http", server), ClientOptions.DEFAULT)) {
            for (var i = 0; i < 200; i++) {
                assertThat(client.send(Request.get("/")).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void headsThatNeverEnd() throws Exception {
        gather("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");

        aGoodClientIsAnswered();

        for (var socket : crowd) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void bodiesThatNeverEnd() throws Exception {
        gather("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\nab");

        aGoodClientIsAnswered();

        for (var socket : crowd) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    /// Each may be so far behind and no further: their producers wait.
    @Test
    void watchersThatDoNotRead() throws Exception {
        gather("GET /watch HTTP/1.1\r\nHost: x\r\n\r\n");

        aGoodClientIsAnswered();
        var before = produced.get();
        aGoodClientIsAnswered();

        // What the server holds, and what the system does: some MB a connection at most.
        assertThat(produced.get()).isLessThan((CROWD * 8L) << 20);
        assertThat(before).isPositive();
        for (var socket : crowd) {
            socket.close();
        }
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tenThousandHeadersAreRead() throws Exception {
        var fields = new StringBuilder("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        for (var i = 0; i < 10_000; i++) {
            fields.append("X-").append(i).append(": v\r\n");
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(fields.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aMegabyteOfHeadersIsTooMuch() throws Exception {
        var field = "X-Long: " + "a".repeat(100_000) + "\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream()
                    .write(
                            ("GET / HTTP/1.1\r\nHost: x\r\n" + field.repeat(11) + "\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            var head = new String(socket.getInputStream().readNBytes(13), StandardCharsets.UTF_8);
            assertThat(head).isEqualTo("HTTP/1.1 431 ");
        }
    }
}
