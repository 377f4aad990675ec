package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a server does with HTTP/2 connections that misbehave.
@Timeout(20)
class HostileHttp2Test {

    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SETTINGS = frame(4, 0, 0, new byte[0]);
    private static final Limits IMPATIENT =
            new Limits(
                    1000,
                    16 << 10,
                    50,
                    10,
                    20,
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(1));

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final HttpServer server =
            HttpServer.start(
                    TransportTest.tls().withLimits(IMPATIENT),
                    request ->
                            request.path().equals("/watch")
                                    ? new Response.Streaming(200, Headers.EMPTY, this::watch)
                                    : Response.text(200, "ok" + request.body().text()));

    private void watch(Response.Sink sink) throws IOException {
        sink.onClose(ended::countDown);
        TransportContract.await(done);
    }

    @AfterEach
    void close() {
        done.countDown();
        server.close();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private SSLSocket connect() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new BelievingTrust()}, new SecureRandom());
        var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        socket.startHandshake();
        return socket;
    }

    /// Sends the bytes and reads until the server closes.
    private void talkToTheEnd(byte[]... messages) throws Exception {
        try (var socket = connect()) {
            for (var message : messages) {
                socket.getOutputStream().write(message);
            }
            socket.getOutputStream().flush();
            var input = socket.getInputStream();
            try {
                while (input.read() >= 0) {
                    // Settings and perhaps a goodbye.
                }
            } catch (java.net.SocketTimeoutException e) {
                throw new AssertionError("the server did not close the connection", e);
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    private HttpClient client() {
        return HttpClient.to(
                TransportTest.uri("https", server),
                TransportTest.trusting()
                        .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)));
    }

    private void stillAnswers() {
        try (var client = client()) {
            assertThat(client.send(Request.get("/")).status()).isEqualTo(200);
        }
    }

    @Test
    void closesWhatIsNoHttp2() throws Exception {
        talkToTheEnd("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        stillAnswers();
    }

    @Test
    void closesSilentAndUnfinishedConnections() throws Exception {
        talkToTheEnd();
        talkToTheEnd(PREFACE, SETTINGS);
        var half = frame(1, 0, 1, new byte[] {(byte) 0x82});
        talkToTheEnd(PREFACE, SETTINGS, half);
        stillAnswers();
    }

    @Test
    void closesOnMalformedFrames() throws Exception {
        talkToTheEnd(PREFACE, SETTINGS, frame(0, 0, 0, new byte[5]));
        talkToTheEnd(PREFACE, SETTINGS, frame(1, 4, 1, new byte[] {(byte) 0xff, (byte) 0xff}));
        talkToTheEnd(PREFACE, SETTINGS, frame(8, 0, 0, new byte[4]));
        stillAnswers();
    }

    @Test
    void closesOnAFloodOfContinuations() throws Exception {
        var flood = new byte[2000][];
        flood[0] = PREFACE;
        flood[1] = SETTINGS;
        flood[2] = frame(1, 0, 1, new byte[] {(byte) 0x82});
        for (var i = 3; i < flood.length; i++) {
            flood[i] = frame(9, 0, 1, new byte[0]);
        }
        try {
            talkToTheEnd(flood);
        } catch (IOException e) {
            assertThat(e).isNotNull(); // Closed while we were still sending.
        }
        stillAnswers();
    }

    /// A client that opens streams only to reset them is thrown out, and only it.
    @Test
    void closesOnRapidResets() {
        try (var client = client()) {
            for (var i = 0; i < 60; i++) {
                client.open(Request.get("/watch")).body().close();
            }
        } catch (UncheckedIOException e) {
            assertThat(e).isNotNull();
        }
        stillAnswers();
    }

    @Test
    void refusesWhatIsTooLarge() {
        try (var client = client()) {
            var large = Request.of("POST", "/").withBody("text/plain", Payload.of(new byte[5000]));
            assertThat(client.send(large).status()).isEqualTo(413);
            var many = Headers.EMPTY;
            for (var i = 0; i < 60; i++) {
                many = many.with("x-header-" + i, "a");
            }
            assertThat(client.send(Request.get("/").withHeaders(many)).status()).isEqualTo(431);
            var long20k = Request.get("/").withHeader("x-large", "a".repeat(20_000));
            assertThatThrownBy(() -> client.send(long20k))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Header size exceeded");
            assertThat(client.send(Request.get("/")).status()).isEqualTo(200);
        }
    }

    @Test
    void refusesAMalformedPath() {
        try (var client = client()) {
            var request =
                    new Request(
                            "GET",
                            "/",
                            "/%zz",
                            Query.EMPTY,
                            Headers.EMPTY,
                            Payload.EMPTY,
                            Peer.inProcess("test"));
            assertThat(client.send(request).status()).isEqualTo(400);
        }
    }

    @Test
    void aWatchMayBeSilentForLongerThanAConnectionMayBeIdle() throws Exception {
        Exchange watch;
        try (var client = client()) {
            watch = client.open(Request.get("/watch"));
            TimeUnit.MILLISECONDS.sleep(900);
            assertThat(watch.body().ended()).isFalse();
        }
        assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> watch.body().take()).isInstanceOf(IOException.class);
    }
}
