package io.coxswain.apiserver.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.http.DirectClient;
import io.coxswain.http.Handler;
import io.coxswain.http.Headers;
import io.coxswain.http.Peer;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What another server sees of a request that is passed on, and what the client sees of its answer.
class ForwarderTest {

    private static final User ALICE =
            new User("alice", "7", List.of("devs", "ops"), Map.of("Scopes/x", List.of("a")));

    private final List<Request> seen = new ArrayList<>();

    private Response forward(Request request, Handler backend) {
        Handler watched =
                incoming -> {
                    seen.add(incoming);
                    return backend.handle(incoming);
                };
        var transport = new DirectClient(watched, Peer.inProcess("backend"));
        return Forwarder.forward(
                Call.of(request), transport, "/apis/x.example/v1", Aggregator.identity(ALICE));
    }

    private static Response ok(Request request) {
        return Response.text(200, "ok");
    }

    @Test
    void theBackendLearnsWhoAsksAndNothingThatOnlyThisServerMayKnow() {
        var request =
                Request.get("/apis/x.example/v1")
                        .withHeaders(
                                Headers.of(
                                        "authorization", "Bearer secret",
                                        "x-remote-user", "root",
                                        "x-remote-group", "system:masters",
                                        "impersonate-user", "root",
                                        "x-custom", "kept"));

        forward(request, ForwarderTest::ok);

        var headers = seen.getFirst().headers();
        assertThat(headers.all("x-remote-user")).containsExactly("alice");
        assertThat(headers.all("x-remote-group")).containsExactly("devs", "ops");
        assertThat(headers.all("x-remote-extra-scopes%2Fx")).containsExactly("a");
        assertThat(headers.first("x-remote-uid")).isEqualTo("7");
        assertThat(headers.first("authorization")).isNull();
        assertThat(headers.first("impersonate-user")).isNull();
        assertThat(headers.first("x-custom")).isEqualTo("kept");
    }

    @Test
    void redirectsToElsewhereAreNotPassedOn() {
        var away =
                forward(
                        Request.get("/"),
                        request ->
                                Response.text(302, "")
                                        .withHeaders(headers ->
                                                headers.with("location", "https://evil.example/")));
        var within =
                forward(
                        Request.get("/"),
                        request ->
                                Response.text(302, "")
                                        .withHeaders(headers ->
                                                headers.with("location", "/apis/x.example/v1/")));

        assertThat(away.status()).isEqualTo(502);
        assertThat(within.status()).isEqualTo(302);
    }

    @Test
    void aRefusedUpgradeIsJustAnAnswer() {
        var request = Request.get("/").withHeaders(Headers.of("upgrade", "SPDY/3.1"));

        var answer = forward(request, incoming -> Response.text(403, "no"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer).isInstanceOf(Response.Full.class);
    }
}
