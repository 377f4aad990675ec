package io.coxswain.http.stream;

import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.util.List;

/// The HTTP upgrade to SPDY/3.1 with Kubernetes' negotiation of what is spoken on top of it.
public final class Spdy {

    private static final String VERSION = "x-stream-protocol-version";
    private static final String ACCEPTED = "x-accepted-stream-protocol-versions";

    private Spdy() {}

    /// Uses a connection after the upgrade.
    @FunctionalInterface
    public interface Session {
        void run(io.coxswain.http.Duplex connection, String protocol) throws java.io.IOException;
    }

    /// Answers the upgrade: 101 with the first offered protocol that is `supported`, 403 with the
    /// list of those when none fits, 400 when the request is no upgrade to SPDY.
    public static Response accept(Request request, List<String> supported, Session session) {
        var offered = WebSockets.tokens(request.headers(), VERSION);
        if (offered.isEmpty()) {
            return error(400, "unable to upgrade: X-Stream-Protocol-Version is required");
        }
        var chosen = offered.stream().filter(supported::contains).findFirst();
        if (chosen.isEmpty()) {
            var terms =
                    "client supports " + words(offered) + ", server accepts " + words(supported);
            return error(403, "unable to upgrade: unable to negotiate protocol: " + terms)
                    .withHeaders(headers -> withAccepted(headers, supported));
        }
        if (!asked(request)) {
            return error(400, "unable to upgrade: missing upgrade headers in request");
        }
        var protocol = chosen.get();
        var headers = Headers.of("upgrade", "SPDY/3.1", "connection", "Upgrade", VERSION, protocol);
        return new Response.Upgrade(headers, connection -> session.run(connection, protocol));
    }

    private static boolean asked(Request request) {
        return "spdy/3.1".equalsIgnoreCase(request.header("upgrade"))
                && WebSockets.tokens(request.headers(), "connection").stream()
                        .anyMatch("upgrade"::equalsIgnoreCase);
    }

    private static Headers withAccepted(Headers headers, List<String> supported) {
        var all = headers.with("x-content-type-options", "nosniff");
        for (var protocol : supported) {
            all = all.with(ACCEPTED, protocol);
        }
        return all;
    }

    private static Response.Full error(int status, String message) {
        return Response.of(status, "text/plain; charset=utf-8", Payload.of(message + "\n"));
    }

    private static String words(List<String> protocols) {
        return "[" + String.join(" ", protocols) + "]";
    }

    /// What a client sends to upgrade with one of `protocols`, the most wanted first.
    public static UpgradeOffer offer(List<String> protocols) {
        var headers = Headers.of("upgrade", "SPDY/3.1", "connection", "Upgrade");
        for (var protocol : protocols) {
            headers = headers.with(VERSION, protocol);
        }
        return new UpgradeOffer(headers, (answer, offer) -> check(answer, protocols));
    }

    private static String check(Headers answer, List<String> protocols) {
        if (!"spdy/3.1".equalsIgnoreCase(answer.first("upgrade"))) {
            throw new IllegalArgumentException("answer does not switch to SPDY/3.1");
        }
        var chosen = answer.first(VERSION);
        if (chosen == null || chosen.isEmpty()) {
            return "";
        }
        if (!protocols.contains(chosen)) {
            throw new IllegalArgumentException("protocol was not offered: " + chosen);
        }
        return chosen;
    }
}
