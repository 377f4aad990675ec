package io.coxswain.http.stream.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.stream.MemoryDuplex;
import io.coxswain.http.stream.Spdy;
import io.coxswain.http.stream.UpgradeOffer;
import io.coxswain.http.stream.WebSocket;
import io.coxswain.http.stream.WebSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same commands over every protocol variant.
@Timeout(20)
class RemoteCommandTest {

    private static final RemoteCommandOptions ALL =
            new RemoteCommandOptions(true, true, true, false);
    private static final RemoteCommandOptions TERMINAL =
            new RemoteCommandOptions(true, true, false, true);

    record Variant(String protocol, boolean spdy) {

        static List<Variant> all() {
            return List.of(
                    new Variant("v5.channel.k8s.io", false),
                    new Variant("v4.channel.k8s.io", false),
                    new Variant("v4.base64.channel.k8s.io", false),
                    new Variant("channel.k8s.io", false),
                    new Variant("base64.channel.k8s.io", false),
                    new Variant("", false),
                    new Variant("v4.channel.k8s.io", true),
                    new Variant("v3.channel.k8s.io", true),
                    new Variant("v2.channel.k8s.io", true),
                    new Variant("channel.k8s.io", true));
        }

        boolean structured() {
            return protocol.startsWith("v4") || protocol.startsWith("v5");
        }

        boolean endsStdin() {
            return spdy || protocol.startsWith("v5");
        }

        boolean resizes() {
            return !spdy || structured() || protocol.startsWith("v3");
        }

        UpgradeOffer offer() {
            var protocols = protocol.isEmpty() ? List.<String>of() : List.of(protocol);
            return spdy ? Spdy.offer(protocols) : WebSockets.offer(protocols);
        }
    }

    record Run(RemoteCommandClient client, Thread server, MemoryDuplex.Pair wire) {}

    static List<Variant> variants() {
        return Variant.all();
    }

    private static Run start(
            Variant variant, RemoteCommandOptions options, RemoteCommandServer.Session session)
            throws IOException {
        var wire = MemoryDuplex.pair();
        var offer = variant.offer();
        var request = Request.get("/exec").withHeaders(offer.headers());
        var answer = RemoteCommandServer.negotiate(request, options, session);
        var upgrade = (Response.Upgrade) answer;
        var server =
                Thread.ofVirtual()
                        .start(() -> {
                            try (var connection = wire.server()) {
                                upgrade.session().run(connection);
                            } catch (IOException lost) {
                                wire.client().close();
                            }
                        });
        var protocol = offer.protocol(upgrade.headers());
        var client =
                variant.spdy()
                        ? RemoteCommandClient.overSpdy(wire.client(), protocol, options)
                        : RemoteCommandClient.overWebSocket(wire.client(), protocol);
        return new Run(client, server, wire);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void outputArrivesOnItsStreamsAndSuccessIsSuccess(Variant variant) throws Exception {
        var run =
                start(
                        variant,
                        ALL,
                        streams -> {
                            streams.stdout().write("out".getBytes(UTF_8));
                            streams.stderr().write("err".getBytes(UTF_8));
                            streams.finish(new ExitStatus.Success());
                        });
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();

        var status = run.client().run(java.io.InputStream.nullInputStream(), out, err, () -> null);

        assertThat(status).isEqualTo(new ExitStatus.Success());
        assertThat(out).hasToString("out");
        assertThat(err).hasToString("err");
        run.server().join();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void anExitCodeIsPassedOn(Variant variant) throws Exception {
        var run = start(variant, ALL, streams -> streams.finish(ExitStatus.exited(3)));

        var status = run.client().exit();

        var message =
                "command terminated with non-zero exit code: command terminated with exit code 3";
        assertThat(status)
                .isEqualTo(
                        variant.structured()
                                ? new ExitStatus.Exited(3, message)
                                : new ExitStatus.Failed(message));
        run.client().close();
        run.server().join();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aFailureIsPassedOn(Variant variant) throws Exception {
        var run =
                start(
                        variant,
                        ALL,
                        streams -> {
                            throw new IOException("no such container");
                        });

        assertThat(run.client().exit()).isEqualTo(ExitStatus.failed("no such container"));
        run.client().close();
        run.server().join();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theEndOfStdinArrivesWhereTheProtocolHasIt(Variant variant) throws Exception {
        var run =
                start(
                        variant,
                        ALL,
                        streams -> {
                            var text =
                                    variant.endsStdin()
                                            ? streams.stdin().readAllBytes()
                                            : streams.stdin().readNBytes(5);
                            streams.stdout().write(text);
                            streams.finish(new ExitStatus.Success());
                        });
        run.client().stdin().write("hello".getBytes(UTF_8));
        run.client().stdin().close();

        assertThat(run.client().stdout().readAllBytes()).asString(UTF_8).isEqualTo("hello");
        assertThat(run.client().exit()).isEqualTo(new ExitStatus.Success());
        run.client().close();
        run.server().join();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void muchDataPassesBothWaysAtOnce(Variant variant) throws Exception {
        var data = new byte[1_500_000];
        new Random(3).nextBytes(data);
        var run =
                start(
                        variant,
                        ALL,
                        streams -> {
                            var buffer = new byte[10_000];
                            for (var left = data.length; left > 0; ) {
                                var count = streams.stdin().read(buffer);
                                streams.stdout().write(buffer, 0, count);
                                left -= count;
                            }
                            streams.finish(new ExitStatus.Success());
                        });
        var sender =
                Thread.ofVirtual()
                        .start(() ->
                                run.client().sendStdin(new java.io.ByteArrayInputStream(data)));

        var echoed = run.client().stdout().readAllBytes();

        assertThat(Arrays.equals(echoed, data)).isTrue();
        assertThat(run.client().exit()).isEqualTo(new ExitStatus.Success());
        sender.join();
        run.client().close();
        run.server().join();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void terminalSizesArriveInOrder(Variant variant) throws Exception {
        if (!variant.resizes()) {
            return;
        }
        BlockingQueue<TerminalSize> sizes = new LinkedBlockingQueue<>();
        var run =
                start(
                        variant,
                        TERMINAL,
                        streams -> {
                            for (var i = 0; i < 2; i++) {
                                var size = streams.nextResize();
                                if (size != null) {
                                    sizes.add(size);
                                }
                            }
                            streams.finish(new ExitStatus.Success());
                        });
        run.client().resize(new TerminalSize(80, 24));
        run.client().resize(new TerminalSize(132, 50));
        run.client().exit();

        assertThat(sizes).containsExactly(new TerminalSize(80, 24), new TerminalSize(132, 50));
        run.client().close();
        run.server().join();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aClientThatVanishesEndsTheCommand(Variant variant) throws Exception {
        var begun = new CountDownLatch(1);
        var gone = new CountDownLatch(1);
        var run =
                start(
                        variant,
                        ALL,
                        streams -> {
                            streams.onEnd(gone::countDown);
                            begun.countDown();
                            streams.stdin().readAllBytes();
                        });
        begun.await();
        run.wire().client().close();

        gone.await();
        run.server().join();
        assertThatThrownBy(() -> run.client().exit()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void aServerThatVanishesIsNoSuccess(Variant variant) throws Exception {
        var run = start(variant, ALL, streams -> streams.stdin().read());
        run.wire().server().close();

        assertThatThrownBy(() -> run.client().exit()).isInstanceOf(IOException.class);
        run.server().join();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theBridgeCarriesACommandThrough(Variant variant) throws Exception {
        var runtime =
                start(
                        new Variant("v4.channel.k8s.io", true),
                        ALL,
                        streams -> {
                            var text =
                                    variant.endsStdin()
                                            ? streams.stdin().readAllBytes()
                                            : streams.stdin().readNBytes(2);
                            streams.stdout().write(text);
                            streams.stderr().write("no".getBytes(UTF_8));
                            streams.finish(ExitStatus.exited(7));
                        });
        var kubelet = start(variant, ALL, streams -> CommandBridge.copy(streams, runtime.client()));
        kubelet.client().stdin().write("hi".getBytes(UTF_8));
        kubelet.client().stdin().close();

        assertThat(kubelet.client().stdout().readAllBytes()).asString(UTF_8).isEqualTo("hi");
        assertThat(kubelet.client().stderr().readAllBytes()).asString(UTF_8).isEqualTo("no");
        assertThat(kubelet.client().exit().code()).isEqualTo(variant.structured() ? 7 : 1);
        kubelet.client().close();
        kubelet.server().join();
        runtime.server().join();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theBridgeEndsWithEitherSide(Variant variant) throws Exception {
        var spdy = new Variant("v4.channel.k8s.io", true);
        var runtime = start(spdy, ALL, streams -> streams.stdin().readAllBytes());
        var begun = new CountDownLatch(1);
        var kubelet =
                start(
                        variant,
                        ALL,
                        streams -> {
                            begun.countDown();
                            CommandBridge.copy(streams, runtime.client());
                        });
        begun.await();
        kubelet.wire().client().close();
        kubelet.server().join();
        runtime.server().join();

        var lost = start(spdy, ALL, streams -> streams.stdin().read());
        var second = start(variant, ALL, streams -> CommandBridge.copy(streams, lost.client()));
        lost.wire().server().close();
        assertThat(second.client().exit()).isInstanceOf(ExitStatus.Failed.class);
        second.client().close();
        second.server().join();
        lost.server().join();
    }

    @Test
    void theStatusHasTheBytesThatUpstreamSends() {
        assertThat(StatusJson.write(new ExitStatus.Success()))
                .isEqualTo("{\"metadata\":{},\"status\":\"Success\"}");
        assertThat(StatusJson.write(ExitStatus.exited(3)))
                .isEqualTo(
                        """
                        {"metadata":{},"status":"Failure","message":"command terminated with \
                        non-zero exit code: command terminated with exit code 3","reason":\
                        "NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":\
                        "3"}]}}\
                        """);
        assertThat(StatusJson.write(ExitStatus.failed("<x>")))
                .isEqualTo(
                        """
                        {"metadata":{},"status":"Failure","message":"Internal error occurred: \
                        error executing command in container: \\u003cx\\u003e","reason":\
                        "InternalError","details":{"causes":[{"message":"error executing command \
                        in container: \\u003cx\\u003e"}]},"code":500}\
                        """);
    }

    @Test
    void aStatusIsReadEvenWhenItIsOdd() {
        assertThat(StatusJson.read("")).isEqualTo(new ExitStatus.Success());
        assertThat(StatusJson.read("boom\n")).isEqualTo(new ExitStatus.Failed("boom"));
        assertThat(StatusJson.read("{\"status\":")).isInstanceOf(ExitStatus.Failed.class);
        assertThat(StatusJson.read("{\"status\":\"Failure\",\"message\":\"m\"}"))
                .isEqualTo(new ExitStatus.Failed("m"));
        assertThat(StatusJson.read("[".repeat(100_000))).isInstanceOf(ExitStatus.Failed.class);
    }

    /// kubectl logs an error for each message on a channel it does not know.
    @Test
    void aServerSendsNothingButOutputAndStatus() throws Exception {
        var wire = MemoryDuplex.pair();
        var offer = WebSockets.offer(List.of("v5.channel.k8s.io"));
        var request = Request.get("/exec").withHeaders(offer.headers());
        var answer =
                RemoteCommandServer.negotiate(
                        request, ALL, streams -> streams.finish(new ExitStatus.Success()));
        var session = ((Response.Upgrade) answer).session();
        var server = Thread.ofVirtual().start(() -> runQuietly(session, wire.server()));
        var client = WebSocket.client(wire.client());
        var channels = new ArrayList<Byte>();
        for (var message = client.receive(); message != null; message = client.receive()) {
            channels.add(message.bytes()[0]);
        }
        client.close();
        server.join();

        assertThat(channels).containsExactly((byte) 1, (byte) 3);
    }

    private static void runQuietly(Response.Session session, MemoryDuplex connection) {
        try (connection) {
            session.run(connection);
        } catch (IOException lost) {
            assertThat(connection.closed()).isTrue();
        }
    }

    @Test
    void aSpdyClientOfALaterProtocolIsToldWhatThereIs() {
        var request =
                Request.get("/exec")
                        .withHeaders(Spdy.offer(List.of("v9.channel.k8s.io")).headers());

        var answer = RemoteCommandServer.negotiate(request, ALL, streams -> {});

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers().all("x-accepted-stream-protocol-versions"))
                .containsExactly(
                        "v4.channel.k8s.io",
                        "v3.channel.k8s.io",
                        "v2.channel.k8s.io",
                        "channel.k8s.io");
        assertThat(((Response.Full) answer).body().text())
                .isEqualTo(
                        """
                        unable to upgrade: unable to negotiate protocol: client supports \
                        [v9.channel.k8s.io], server accepts [v4.channel.k8s.io v3.channel.k8s.io \
                        v2.channel.k8s.io channel.k8s.io]
                        """);
    }

    @Test
    void aPlainRequestIsNotUpgraded() {
        var answer = RemoteCommandServer.negotiate(Request.get("/exec"), ALL, streams -> {});

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void optionsComeFromTheQuery() {
        assertThat(RemoteCommandOptions.of(Query.parse("stdin=true&stdout=1&stderr=1&tty=true")))
                .isEqualTo(TERMINAL);
        assertThatThrownBy(() -> RemoteCommandOptions.of(Query.parse("tty=1")))
                .hasMessage("you must specify at least 1 of stdin, stdout, stderr");
    }
}
