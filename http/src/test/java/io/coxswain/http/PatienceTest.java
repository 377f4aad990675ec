package io.coxswain.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of requests that take longer than they may, and of connections that were used
/// enough.
@Timeout(20)
class PatienceTest {

    private static final Patience SHORT =
            new Patience() {
                @Override
                public @Nullable Duration with(Request request) {
                    return request.path().equals("/watch") ? null : Duration.ofMillis(300);
                }

                @Override
                public Response.Full late() {
                    return Response.text(504, "too late\n");
                }
            };

    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch cut = new CountDownLatch(1);
    private @Nullable HttpServer server;

    @AfterEach
    void close() {
        released.countDown();
        if (server != null) {
            server.close();
        }
    }

    private Response handle(Request request) {
        return switch (request.path()) {
            case "/slow" -> {
                try {
                    TransportContract.await(released);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                yield Response.text(200, "at last");
            }
            case "/list" ->
                    new Response.Streaming(
                            200,
                            Headers.EMPTY,
                            sink -> {
                                sink.onClose(cut::countDown);
                                sink.write(Payload.of("first"));
                                sink.flush();
                                TransportContract.await(released);
                            });
            case "/watch" ->
                    new Response.Streaming(
                            200,
                            Headers.EMPTY,
                            sink -> {
                                TransportContract.await(released);
                                sink.write(Payload.of("event"));
                            });
            default -> Response.text(200, "ok");
        };
    }

    private HttpClient connect(ServerOptions options) {
        var started = HttpServer.start(options, this::handle);
        server = started;
        var scheme = options.tls() == null ? "http" : "https";
        return HttpClient.to(TransportTest.uri(scheme, started), TransportTest.trusting());
    }

    @Test
    void aLateAnswerIsGivenInTheHandlersPlace() {
        for (var options : new ServerOptions[] {TransportTest.tls(), ServerOptions.loopback()}) {
            try (var client = connect(options.withPatience(SHORT))) {
                assertThat(client.send(Request.get("/slow")).status()).isEqualTo(504);
                assertThat(client.send(Request.get("/")).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aStreamThatTakesTooLongIsCutAndItsProducerTold() throws Exception {
        try (var client = connect(TransportTest.tls().withPatience(SHORT))) {
            var body = client.open(Request.get("/list")).body();

            assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(
                            () -> {
                                while (body.take() != null) {
                                    // What came before is still read.
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatMayLastForEverDoes() throws Exception {
        try (var client = connect(TransportTest.tls().withPatience(SHORT))) {
            var watch = client.open(Request.get("/watch"));
            client.send(Request.get("/slow"));
            released.countDown();

            assertThat(watch.body().readAll(100).text()).isEqualTo("event");
        }
    }

    /// The client opens a new connection for the next request; the watch stays on the old one.
    @Test
    void aGoodbyeLeavesTheStreamsAlone() throws Exception {
        try (var client = connect(TransportTest.tls().withGoAwayChance(1))) {
            var watch = client.open(Request.get("/watch"));
            for (var i = 0; i < 20; i++) {
                assertThat(client.send(Request.get("/")).status()).isEqualTo(200);
            }
            released.countDown();

            assertThat(watch.body().readAll(100).text()).isEqualTo("event");
        }
    }
}
