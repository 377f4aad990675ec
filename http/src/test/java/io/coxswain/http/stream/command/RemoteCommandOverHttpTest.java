package io.coxswain.http.stream.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.http.ClientOptions;
import io.coxswain.http.Handler;
import io.coxswain.http.HttpClient;
import io.coxswain.http.HttpServer;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.ServerOptions;
import io.coxswain.http.Upgrade;
import io.coxswain.http.stream.Pipes;
import io.coxswain.http.stream.UpgradeOffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A command through three servers on the loopback interface, as in a cluster: an API server that
/// proxies, a kubelet that bridges, and a container runtime.
@Timeout(20)
class RemoteCommandOverHttpTest {

    private static final RemoteCommandOptions ALL =
            new RemoteCommandOptions(true, true, true, false);

    private static HttpServer serve(Handler handler) {
        return HttpServer.start(ServerOptions.loopback(), handler);
    }

    private static HttpClient clientOf(HttpServer server) {
        return HttpClient.to(
                URI.create("http://127.0.0.1:" + server.port()), ClientOptions.DEFAULT);
    }

    private static Upgrade.Accepted upgrade(HttpClient client, UpgradeOffer offer) {
        var request = Request.get("/exec").withHeaders(offer.headers());
        return (Upgrade.Accepted) client.upgrade(request);
    }

    private static RemoteCommandClient connect(HttpClient client, boolean spdy) throws IOException {
        var offer = spdy ? RemoteCommandClient.spdyOffer() : RemoteCommandClient.webSocketOffer();
        var answer = upgrade(client, offer);
        var protocol = offer.protocol(answer.headers());
        return spdy
                ? RemoteCommandClient.overSpdy(answer.connection(), protocol, ALL)
                : RemoteCommandClient.overWebSocket(answer.connection(), protocol);
    }

    /// Sends stdin back, says `done` on stderr and exits with 42.
    private static Response runtime(Request request) {
        return RemoteCommandServer.negotiate(
                request,
                ALL,
                streams -> {
                    streams.stdin().transferTo(streams.stdout());
                    streams.stderr().write("done".getBytes(UTF_8));
                    streams.finish(ExitStatus.exited(42));
                });
    }

    private static Response kubelet(Request request, HttpClient runtime) {
        return RemoteCommandServer.negotiate(
                request,
                ALL,
                streams -> {
                    try (var next = connect(runtime, true)) {
                        CommandBridge.copy(streams, next);
                    }
                });
    }

    private static Response proxy(Request request, HttpClient kubelet) {
        return switch (kubelet.upgrade(request.withHeaders(request.headers().without("host")))) {
            case Upgrade.Refused(var response) -> response;
            case Upgrade.Accepted(var headers, var connection) ->
                    new Response.Upgrade(headers, client -> Pipes.join(client, connection));
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCommandPassesThroughAllServers(boolean spdy) throws Exception {
        var data = new byte[2_000_000];
        new Random(11).nextBytes(data);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try (var runtime = serve(RemoteCommandOverHttpTest::runtime);
                var toRuntime = clientOf(runtime);
                var kubelet = serve(request -> kubelet(request, toRuntime));
                var toKubelet = clientOf(kubelet);
                var apiServer = serve(request -> proxy(request, toKubelet));
                var toApiServer = clientOf(apiServer);
                var command = connect(toApiServer, spdy)) {
            var status = command.run(new ByteArrayInputStream(data), out, err, () -> null);

            assertThat(status.code()).isEqualTo(42);
            assertThat(Arrays.equals(out.toByteArray(), data)).isTrue();
            assertThat(err).hasToString("done");
        }
    }
}
