package io.coxswain.apiserver.aggregation;

import io.coxswain.apiserver.Call;
import io.coxswain.http.Headers;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.Transport;
import io.coxswain.http.Upgrade;
import io.coxswain.http.stream.Pipes;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Passes a request on to another server and its answer back: whole, streamed, or as a connection
/// that both sides use from then on.
public final class Forwarder {

    /// What is about one connection, or about who the client is to this server.
    private static final Set<String> OWN =
            Set.of(
                    "authorization",
                    "content-length",
                    "host",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding");

    private Forwarder() {}

    /// @param identity headers that say who asks; the client's own of that kind are dropped
    public static Response forward(Call call, Transport to, String path, Headers identity) {
        var incoming = call.request();
        var upgrades = incoming.header("upgrade") != null;
        var headers = kept(incoming.headers(), upgrades).withAll(identity);
        var address = incoming.peer().address();
        if (address != null && address.getAddress() != null) {
            headers = headers.with("x-forwarded-for", address.getAddress().getHostAddress());
        }
        var outgoing =
                new Request(
                        incoming.method(),
                        path,
                        path,
                        incoming.query(),
                        headers,
                        incoming.body(),
                        incoming.peer());
        try {
            if (!upgrades) {
                return checked(to.send(outgoing), incoming);
            }
            return switch (to.upgrade(outgoing)) {
                case Upgrade.Accepted(var answer, var connection) ->
                        new Response.Upgrade(
                                answer.without("content-length").without("date"),
                                client -> {
                                    try (connection) {
                                        Pipes.join(client, connection);
                                    }
                                });
                // The connection behind a refusal is never used for anything else.
                case Upgrade.Refused(var refusal) -> checked(refusal, incoming);
            };
        } catch (UncheckedIOException e) {
            return Response.text(
                    503, "error trying to reach service: " + reason(e.getCause()) + "\n");
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown";
        }
        var message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }

    private static Headers kept(Headers incoming, boolean upgrades) {
        var kept = new Headers[] {Headers.EMPTY};
        incoming.forEach((name, value) -> {
            var connection = name.equals("connection") || name.equals("upgrade");
            if (!OWN.contains(name)
                    && !name.startsWith("x-remote-")
                    && !name.startsWith("impersonate-")
                    && (upgrades || !connection)) {
                kept[0] = kept[0].with(name, value);
            }
        });
        return kept[0];
    }

    /// A redirect to another host would make clients show their credentials there.
    private static Response checked(Response answer, Request request) {
        var location = answer.headers().first("location");
        if (answer.status() < 300 || answer.status() > 399 || location == null) {
            return answer;
        }
        var host = host(location);
        if (host.isEmpty() || host.equals(request.header("host"))) {
            return answer;
        }
        return Response.text(
                502, "the backend attempted to redirect this request, which is not permitted\n");
    }

    private static String host(String location) {
        try {
            var authority = URI.create(location).getRawAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "?";
        }
    }
}
