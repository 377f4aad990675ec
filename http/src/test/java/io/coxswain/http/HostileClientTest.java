package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a server does with clients that are broken, slow or malicious.
@Timeout(20)
class HostileClientTest {

    private static final Limits IMPATIENT =
            Limits.DEFAULT
                    .withBodyBytesMax(1000)
                    .withTimeouts(
                            Duration.ofMillis(200),
                            Duration.ofMillis(200),
                            Duration.ofMillis(200),
                            Duration.ofSeconds(2));

    private final AtomicInteger handled = new AtomicInteger();
    private volatile Handler handler = request -> Response.text(200, request.path() + "\n");
    private HttpServer server = start();

    private HttpServer start() {
        return HttpServer.start(
                ServerOptions.loopback().withLimits(IMPATIENT),
                request -> {
                    handled.incrementAndGet();
                    request.body().bytes();
                    return handler.handle(request);
                });
    }

    @BeforeEach
    void reset() {
        handled.set(0);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /// Everything the server says to `text` until it closes the connection.
    private String talk(String text) throws IOException {
        try (var socket = connect()) {
            send(socket, text);
            return new String(readToEnd(socket.getInputStream()), StandardCharsets.ISO_8859_1);
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// A reset counts as the end: the server need not be gentle with what it refused.
    private static byte[] readToEnd(InputStream input) {
        var all = new java.io.ByteArrayOutputStream();
        try {
            for (var next = input.read(); next >= 0; next = input.read()) {
                all.write(next);
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the server did not close the connection", e);
        } catch (IOException e) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        handler =
                request -> {
                    if (request.path().equals("/slow")) {
                        pause(100);
                    }
                    return Response.text(200, "answer to " + request.path() + "\n");
                };

        var answers =
                talk(
                        "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
                                + "POST /second HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
                                + "GET /third HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answers.lines().filter(line -> line.startsWith("answer")))
                .containsExactly("answer to /slow", "answer to /second", "answer to /third");
    }

    @Test
    void sendsContinueWhenTheClientWaitsForIt() throws Exception {
        try (var socket = connect()) {
            send(
                    socket,
                    "POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                            + "Content-Length: 2\r\nConnection: close\r\n\r\n");
            var interim = socket.getInputStream().readNBytes(25);
            send(socket, "hi");

            assertThat(new String(interim, StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(new String(readToEnd(socket.getInputStream()), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void readsChunkedBodies() throws Exception {
        handler = request -> Response.text(200, "[" + request.body().text() + "]");

        var answer =
                talk(
                        "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                                + "Connection: close\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");

        assertThat(answer).endsWith("[abcde]");
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        var answer = talk("HEAD /abc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).contains("Content-Length: 5\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void endsAStreamByClosingForHttp10() throws Exception {
        handler =
                request ->
                        new Response.Streaming(
                                200, Headers.EMPTY, sink -> sink.write(Payload.of("all of it")));

        var answer = talk("GET / HTTP/1.0\r\n\r\n");

        assertThat(answer).doesNotContain("chunked").endsWith("\r\n\r\nall of it");
    }

    @Test
    void refusesMalformedRequests() throws Exception {
        assertThat(talk("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(talk("GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(talk("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(talk("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(talk("GET /%2 HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(talk("GET /?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(talk("GET nowhere HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(handled).hasValue(0);
    }

    @Test
    void refusesWhatCouldBeReadInTwoWays() throws Exception {
        assertThat(
                        talk(
                                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(
                        talk(
                                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                                        + "Content-Length: 5\r\n\r\nabcde"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(talk("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(handled).hasValue(0);
    }

    @Test
    void refusesABadChunk() throws Exception {
        var answer =
                talk(
                        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "zz\r\nabc\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ");
        assertThat(handled).hasValue(0);
    }

    @Test
    void refusesHeadsThatAreTooLong() throws Exception {
        var long70k = "a".repeat(70_000);

        assertThat(talk("GET /" + long70k + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(talk("GET / HTTP/1.1\r\nHost: x\r\nX-A: " + long70k + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(talk("GET / HTTP/1.1\r\nHost: x\r\n" + "X-A: b\r\n".repeat(300) + "\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void refusesBodiesThatAreTooLong() throws Exception {
        assertThat(talk("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(
                        talk(
                                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        + "3e9\r\n"
                                        + "x".repeat(1001)
                                        + "\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(handled).hasValue(2);
    }

    @Test
    void doesNotWaitForEverForAHeadABodyOrTheNextRequest() throws Exception {
        assertThat(talk("")).isEmpty();
        assertThat(talk("GET / HT")).isEmpty();
        assertThat(talk("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")).isEmpty();
        assertThat(talk("GET /once HTTP/1.1\r\nHost: x\r\n\r\n")).endsWith("/once\n");
    }

    @Test
    void aHandlerMayTakeLongerThanAClient() throws Exception {
        handler =
                request -> {
                    pause(900);
                    return Response.text(200, "late");
                };

        assertThat(talk("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).endsWith("late");
    }

    @Test
    void tellsTheProducerWhenTheClientIsGone() throws Exception {
        var closed = new CountDownLatch(1);
        var failed = new CountDownLatch(1);
        handler =
                request ->
                        new Response.Streaming(
                                200,
                                Headers.EMPTY,
                                sink -> {
                                    sink.onClose(closed::countDown);
                                    sink.write(Payload.of("event"));
                                    sink.flush();
                                    TransportContract.await(closed);
                                    try {
                                        sink.write(Payload.of("event"));
                                        sink.flush();
                                    } catch (IOException e) {
                                        failed.countDown();
                                        throw e;
                                    }
                                });

        try (var socket = connect()) {
            send(socket, "GET /watch HTTP/1.1\r\nHost: x\r\n\r\n");
            readUntil(socket.getInputStream(), "event");
        }

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /// A client that left before the first event is told of by that event.
    @Test
    void tellsTheProducerWhenTheClientWentAtOnce() throws Exception {
        var closed = new CountDownLatch(1);
        var failed = new CountDownLatch(1);
        handler =
                request ->
                        new Response.Streaming(
                                200,
                                Headers.EMPTY,
                                sink -> {
                                    sink.onClose(closed::countDown);
                                    try {
                                        while (true) {
                                            sink.write(Payload.of("event"));
                                            sink.flush();
                                        }
                                    } catch (IOException e) {
                                        failed.countDown();
                                        throw e;
                                    }
                                });

        try (var socket = connect()) {
            send(socket, "GET /watch HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(socket.getInputStream().read()).isPositive();
        }

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /// Reads until `text` has come.
    private static void readUntil(InputStream input, String text) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            var next = input.read();
            assertThat(next).as("after %s", seen).isNotNegative();
            seen.append((char) next);
        }
    }

    @Test
    void keepsTheBytesThatCameBehindAnUpgrade() throws Exception {
        handler =
                request ->
                        new Response.Upgrade(
                                Headers.of("upgrade", "raw"),
                                connection -> {
                                    var early = connection.input().readNBytes(5);
                                    connection.output().write(early);
                                    connection.output().flush();
                                });

        var answer =
                talk(
                        "POST /exec HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                                + "Upgrade: raw\r\n\r\nearly");

        assertThat(answer)
                .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
                .contains("Connection: Upgrade\r\n", "Upgrade: raw\r\n")
                .endsWith("\r\n\r\nearly");
    }

    @Test
    void aHeaderCannotSplitTheResponse() throws Exception {
        handler =
                request ->
                        new Response.Full(
                                200, Headers.of("x-name", "a\r\nx-evil: 1"), Payload.EMPTY);

        assertThat(talk("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .doesNotContain("evil");
    }

    @Test
    void aFaultOfTheHandlerIsAnAnswer() throws Exception {
        handler =
                request -> {
                    throw new IllegalStateException("expected by this test");
                };

        assertThat(talk("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("expected");
    }

    @Test
    void letsRequestsInFlightFinishWhenItCloses() throws Exception {
        var started = new CountDownLatch(1);
        handler =
                request -> {
                    started.countDown();
                    pause(300);
                    return Response.text(200, "done");
                };
        try (var socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            TransportContract.await(started);
            server.close();

            assertThat(new String(readToEnd(socket.getInputStream()), StandardCharsets.US_ASCII))
                    .endsWith("done");
        }
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
