package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [Transport] promises, whatever is between it and the handler.
@Timeout(20)
abstract class TransportContract {

    private Transport transport = connect(request -> Response.text(200, "unused"));

    /// A transport to `handler`.
    abstract Transport connect(Handler handler);

    /// What is to be closed besides the transport.
    void disconnect() {}

    @AfterEach
    void close() {
        transport.close();
        disconnect();
    }

    private void serve(Handler handler) {
        close();
        transport = connect(handler);
    }

    private void serveStream(Response.Producer producer) {
        serve(request ->
                new Response.Streaming(
                        200, Headers.of("content-type", "application/json"), producer));
    }

    @Test
    void carriesARequestAndItsAnswer() {
        serve(request ->
                new Response.Full(
                        201,
                        Headers.of("content-type", "text/plain", "x-two", "a", "x-two", "b"),
                        Payload.of(
                                request.method()
                                        + " "
                                        + request.path()
                                        + " "
                                        + request.query().first("fieldSelector")
                                        + " "
                                        + request.header("x-user")
                                        + " "
                                        + request.body().text())));

        var response =
                transport.send(
                        Request.of("POST", "/api/v1/pods")
                                .withQuery(Query.EMPTY.with("fieldSelector", "a=b&c d"))
                                .withHeader("X-User", "jane")
                                .withBody("text/plain", Payload.of("héllo")));

        assertThat(response).isInstanceOf(Response.Full.class);
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers().all("X-Two")).containsExactly("a", "b");
        assertThat(((Response.Full) response).body().text())
                .isEqualTo("POST /api/v1/pods a=b&c d jane héllo");
    }

    @Test
    void carriesLargeBodiesBothWays() {
        serve(request -> Response.of(200, "application/octet-stream", request.body()));
        var bytes = new byte[2_500_000];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + i / 1000);
        }

        var response =
                transport.send(
                        Request.of("PUT", "/large")
                                .withBody("application/octet-stream", Payload.of(bytes)));

        assertThat(((Response.Full) response).body().bytes()).isEqualTo(bytes);
    }

    @Test
    void answersManyRequestsAtOnce() throws Exception {
        serve(request -> Response.text(200, request.path()));
        var wrong = new LinkedBlockingQueue<String>();

        Function<Integer, Thread> caller =
                number ->
                        Thread.ofVirtual()
                                .start(() -> {
                                    var path = "/number/" + number;
                                    var answer = transport.send(Request.get(path));
                                    var text = ((Response.Full) answer).body().text();
                                    if (!text.equals(path)) {
                                        wrong.add(path + " got " + text);
                                    }
                                });
        var threads = java.util.stream.IntStream.range(0, 300).boxed().map(caller).toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void aFrameArrivesWhenItIsFlushedAndNotOnlyAtTheEnd() throws Exception {
        var seen = new CountDownLatch(1);
        serveStream(sink -> {
            sink.write(Payload.of("one\n"));
            sink.flush();
            await(seen);
            sink.write(Payload.of("two\n"));
        });

        var exchange = transport.open(Request.get("/watch"));
        var first = text(exchange.body().take());
        seen.countDown();

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(first).isEqualTo("one\n");
        assertThat(text(exchange.body().take())).isEqualTo("two\n");
        assertThat(exchange.body().take()).isNull();
        assertThat(exchange.body().ended()).isTrue();
        assertThat(exchange.body().failure()).isNull();
    }

    @Test
    void theHeadOfAStreamArrivesBeforeItsFirstFrame() {
        var done = new CountDownLatch(1);
        serveStream(sink -> await(done));

        var exchange = transport.open(Request.get("/watch"));

        assertThat(exchange.status()).isEqualTo(200);
        assertThat(exchange.body().poll()).isNull();
        assertThat(exchange.body().ended()).isFalse();
        done.countDown();
    }

    @Test
    void aReaderCanBeWokenInsteadOfBlocking() throws Exception {
        var wakes = new LinkedBlockingQueue<Boolean>();
        var go = new CountDownLatch(1);
        serveStream(sink -> {
            await(go);
            sink.write(Payload.of("event"));
            sink.flush();
        });

        var body = transport.open(Request.get("/watch")).body();
        body.onData(() -> wakes.add(true));
        assertThat(body.poll()).isNull();
        go.countDown();
        var text = new StringBuilder();
        while (!body.ended()) {
            assertThat(wakes.poll(10, TimeUnit.SECONDS)).isNotNull();
            for (var frame = body.poll(); frame != null; frame = body.poll()) {
                text.append(frame.text());
            }
        }

        assertThat(text).hasToString("event");
    }

    @Test
    void aReaderThatGoesAwayIsToldToTheProducer() throws Exception {
        var closed = new CountDownLatch(1);
        serveStream(sink -> {
            sink.onClose(closed::countDown);
            sink.write(Payload.of("event"));
            sink.flush();
            await(closed);
        });

        var body = transport.open(Request.get("/watch")).body();
        body.take();
        body.close();

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aSlowReaderHoldsTheProducerBack() throws Exception {
        var written = new AtomicLong();
        var frame = Payload.of(new byte[16 << 10]);
        var total = 32L << 20;
        serveStream(sink -> {
            while (written.get() < total) {
                sink.write(frame);
                written.addAndGet(frame.bytes().length);
            }
        });

        var body = transport.open(Request.get("/logs")).body();
        var first = body.take();
        var before = -1L;
        while (written.get() != before) {
            before = written.get();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(before).isLessThan(16L << 20);
        var read = first == null ? 0L : first.bytes().length;
        for (var next = body.take(); next != null; next = body.take()) {
            read += next.bytes().length;
        }

        assertThat(read).isEqualTo(total);
    }

    @Test
    void aStreamThatBreaksIsNotTakenForWhole() throws Exception {
        serveStream(sink -> {
            sink.write(Payload.of("half"));
            sink.flush();
            throw new IOException("lost");
        });

        var body = transport.open(Request.get("/list")).body();

        assertThatThrownBy(() -> body.readAll(1000)).isInstanceOf(IOException.class);
    }

    @Test
    void aStreamCanBeCopiedOn() throws Exception {
        serveStream(sink -> {
            for (var i = 0; i < 1000; i++) {
                sink.write(Payload.of(i + "\n"));
            }
        });
        var text = new StringBuilder();

        var response = transport.send(Request.get("/list"));
        assertThat(response).isInstanceOf(Response.Streaming.class);
        ((Response.Streaming) response)
                .producer()
                .writeTo(
                        new Response.Sink() {
                            @Override
                            public void write(Payload frame) {
                                text.append(frame.text());
                            }

                            @Override
                            public void flush() {}

                            @Override
                            public void onClose(Runnable callback) {}
                        });

        assertThat(text.toString().lines()).hasSize(1000);
    }

    @Test
    void aBodyIsReadAsABlockingStream() throws Exception {
        serveStream(sink -> {
            sink.write(Payload.of("first "));
            sink.flush();
            sink.write(Payload.of("second"));
        });

        try (var stream = transport.open(Request.get("/x")).body().asStream()) {
            assertThat(new String(stream.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("first second");
        }
    }

    @Test
    void anAnswerWithoutBodyIsEmpty() {
        serve(request -> new Response.Full(204, Headers.EMPTY, Payload.EMPTY));

        var response = transport.send(Request.of("DELETE", "/thing"));

        assertThat(response.status()).isEqualTo(204);
        assertThat(((Response.Full) response).body().bytes()).isEmpty();
    }

    @Test
    void pathsArriveDecodedAndAsTheyWere() {
        serve(request -> Response.text(200, request.path() + " " + request.rawPath()));

        var request =
                new Request(
                        "GET",
                        "/a/b c/ü",
                        "/a%2Fb%20c/%C3%BC",
                        Query.EMPTY,
                        Headers.EMPTY,
                        Payload.EMPTY,
                        Peer.inProcess("test"));
        var text = ((Response.Full) transport.send(request)).body().text();

        assertThat(text).endsWith(" /a%2Fb%20c/%C3%BC");
    }

    @Test
    void anUpgradeGivesBothSidesTheConnection() throws Exception {
        serve(request ->
                new Response.Upgrade(
                        Headers.of("upgrade", "echo/1"),
                        connection -> {
                            var in = connection.input();
                            var out = connection.output();
                            var buffer = new byte[8192];
                            for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                                out.write(buffer, 0, n);
                                out.flush();
                            }
                        }));

        var upgrade =
                transport.upgrade(Request.of("POST", "/exec").withHeader("upgrade", "echo/1"));
        assertThat(upgrade).isInstanceOf(Upgrade.Accepted.class);
        var accepted = (Upgrade.Accepted) upgrade;
        assertThat(accepted.headers().first("upgrade")).isEqualTo("echo/1");
        try (var connection = accepted.connection()) {
            var sent = new byte[300_000];
            var writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    connection.output().write(sent);
                                    connection.output().flush();
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            });
            assertThat(connection.input().readNBytes(sent.length)).isEqualTo(sent);
            writer.join();
        }
    }

    @Test
    void aRefusedUpgradeIsAnAnswer() {
        serve(request -> Response.text(403, "no"));

        var upgrade =
                transport.upgrade(Request.of("POST", "/exec").withHeader("upgrade", "echo/1"));

        assertThat(upgrade).isInstanceOf(Upgrade.Refused.class);
        assertThat(((Upgrade.Refused) upgrade).response().body().text()).isEqualTo("no");
    }

    private static String text(@org.jspecify.annotations.Nullable Payload frame) {
        return frame == null ? "(end)" : frame.text();
    }

    static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(15, TimeUnit.SECONDS)) {
                throw new IOException("waited too long");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
