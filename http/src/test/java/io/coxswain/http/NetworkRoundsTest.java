package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stream in rounds that never wait, over the network: the threads that move bytes make them.
@Timeout(20)
class NetworkRoundsTest {

    private static final int FRAME_BYTES = 10_000;
    private static final int LONG_FRAMES = 1_000;

    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> threads = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong bytes = new AtomicLong();
    private volatile Runnable wakeUp = () -> {};
    private @Nullable HttpServer server;
    private @Nullable HttpClient client;

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
        }
        closeServer();
    }

    private void closeServer() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void framesCome(boolean http2) throws Exception {
        try (var body = open(http2)) {
            say("one");
            assertThat(text(body.take())).isEqualTo("one");
            say("two");
            assertThat(text(body.take())).isEqualTo("two");
        }
        assertThat(threads).allMatch(name -> name.startsWith("http-io"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLastRoundEndsTheBody(boolean http2) throws Exception {
        var body = open(http2);
        say("one");
        say("end");

        assertThat(body.readAll(100).text()).isEqualTo("one");
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRoundThatFailsCutsTheBody(boolean http2) throws Exception {
        var body = open(http2);
        say("fail");

        assertThatThrownBy(body::take).isInstanceOf(IOException.class);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesEndsTheRounds(boolean http2) throws Exception {
        var body = open(http2);
        say("one");
        body.take();
        body.close();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatClosesEndsTheBody(boolean http2) throws Exception {
        var body = open(http2);
        say("one");
        body.take();
        closeServer();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /// A list that ended there would look whole and lack objects.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatClosesLetsWhatIsUnderWayComeToItsEnd(boolean http2) throws Exception {
        var body = open(http2);
        say("long");
        var first = body.take();
        var closing = Thread.ofVirtual().start(this::closeServer);
        var rest = body.readAll(LONG_FRAMES * FRAME_BYTES);
        closing.join();

        assertThat(first).isNotNull();
        assertThat(bytes.get()).isEqualTo(LONG_FRAMES * FRAME_BYTES);
        assertThat(first.bytes().length + rest.bytes().length).isEqualTo(bytes.intValue());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReaderThatStopsPausesTheRounds(boolean http2) throws Exception {
        var body = open(http2);
        say("flood");
        body.take();

        var before = -1L;
        while (before != bytes.get()) {
            before = bytes.get();
            closed.await(300, TimeUnit.MILLISECONDS);
        }

        assertThat(bytes.get()).isLessThan(32 << 20);
        body.close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void say(String line) {
        lines.add(line);
        wakeUp.run();
    }

    private IncomingBody open(boolean http2) throws IOException {
        var started =
                HttpServer.start(
                        TransportTest.tls(),
                        request -> new Response.Streaming(200, Headers.EMPTY, new Script()));
        var talking =
                HttpClient.to(
                        TransportTest.uri("https", started),
                        TransportTest.trusting().withHttp2(http2));
        server = started;
        client = talking;
        return talking.open(Request.get("/")).body();
    }

    private static String text(@Nullable Payload frame) {
        return frame == null ? "" : frame.text();
    }

    private final class Script implements Rounds.Producer {
        @Override
        public boolean prompt() {
            return true;
        }

        @Override
        public Rounds begin(Runnable wake) {
            wakeUp = wake;
            return new Rounds() {
                @Override
                public @Nullable Duration next(Response.Sink sink) throws IOException {
                    threads.add(Thread.currentThread().getName());
                    return switch (lines.peek()) {
                        case "flood" -> flood(sink);
                        case "long" -> bytes.get() < LONG_FRAMES * FRAME_BYTES ? flood(sink) : null;
                        case null, default -> line(sink);
                    };
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }

        private Duration flood(Response.Sink sink) throws IOException {
            sink.write(Payload.of(new byte[FRAME_BYTES]));
            bytes.addAndGet(FRAME_BYTES);
            return Duration.ZERO;
        }

        private @Nullable Duration line(Response.Sink sink) throws IOException {
            var line = lines.poll();
            if (line == null) {
                return Duration.ofMinutes(1);
            }
            if (line.equals("fail")) {
                throw new IOException("the disk is gone");
            }
            if (line.equals("end")) {
                return null;
            }
            sink.write(Payload.of(line));
            return Duration.ZERO;
        }
    }
}
