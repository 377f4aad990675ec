package io.coxswain.http.stream;

import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The opening handshake of WebSocket, for servers and for clients.
public final class WebSockets {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String PROTOCOL = "sec-websocket-protocol";

    private WebSockets() {}

    /// Uses a connection after the handshake; `protocol` is empty when the client named none.
    @FunctionalInterface
    public interface Session {
        void run(WebSocket socket, String protocol) throws java.io.IOException;
    }

    /// Whether a request asks for a WebSocket.
    public static boolean asked(Request request) {
        return "websocket".equalsIgnoreCase(request.header("upgrade"))
                && tokens(request.headers(), "connection").stream()
                        .anyMatch("upgrade"::equalsIgnoreCase);
    }

    /// Answers the handshake: 101 with the first offered subprotocol that is `supported` (an empty
    /// string there stands for clients that offer none), 403 when none fits, 400 or 405 when the
    /// request is no proper handshake.
    public static Response accept(Request request, List<String> supported, Session session) {
        if (!request.method().equals("GET")) {
            return Response.text(405, "bad method");
        }
        if (!asked(request)) {
            return Response.text(400, "not websocket protocol");
        }
        if (!"13".equals(request.header("sec-websocket-version"))) {
            return Response.text(400, "missing or bad WebSocket Version")
                    .withHeaders(headers -> headers.with("sec-websocket-version", "13"));
        }
        var key = request.header("sec-websocket-key");
        if (key == null || key.isEmpty()) {
            return Response.text(400, "mismatch challenge/response");
        }
        var offered = offered(request);
        var candidates = offered.isEmpty() ? List.of("") : offered;
        var chosen = candidates.stream().filter(supported::contains).findFirst();
        if (chosen.isEmpty()) {
            return new Response.Full(403, Headers.EMPTY, Payload.EMPTY);
        }
        var protocol = chosen.get();
        var headers =
                Headers.of(
                        "upgrade", "websocket",
                        "connection", "Upgrade",
                        "sec-websocket-accept", digest(key));
        return new Response.Upgrade(
                protocol.isEmpty() ? headers : headers.with(PROTOCOL, protocol),
                connection -> session.run(WebSocket.server(connection), protocol));
    }

    /// The subprotocols a request offers, in its order of preference.
    public static List<String> offered(Request request) {
        return tokens(request.headers(), PROTOCOL);
    }

    /// What a client sends to open a WebSocket with one of `protocols`, the most wanted first.
    public static UpgradeOffer offer(List<String> protocols) {
        var nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        return offer(protocols, Base64.getEncoder().encodeToString(nonce));
    }

    static UpgradeOffer offer(List<String> protocols, String key) {
        var headers =
                Headers.of(
                        "upgrade", "websocket",
                        "connection", "Upgrade",
                        "sec-websocket-version", "13",
                        "sec-websocket-key", key);
        var all =
                protocols.isEmpty()
                        ? headers
                        : headers.with(PROTOCOL, String.join(", ", protocols));
        return new UpgradeOffer(all, (answer, offer) -> check(answer, key, protocols));
    }

    private static String check(Headers answer, String key, List<String> protocols) {
        if (!"websocket".equalsIgnoreCase(answer.first("upgrade"))) {
            throw new IllegalArgumentException("answer does not switch to websocket");
        }
        if (!digest(key).equals(answer.first("sec-websocket-accept"))) {
            throw new IllegalArgumentException("Sec-WebSocket-Accept does not fit the key");
        }
        var chosen = answer.first(PROTOCOL);
        if (chosen == null || chosen.isEmpty()) {
            return "";
        }
        if (!protocols.contains(chosen)) {
            throw new IllegalArgumentException("subprotocol was not offered: " + chosen);
        }
        return chosen;
    }

    static String digest(String key) {
        try {
            var text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
            var hash = MessageDigest.getInstance("SHA-1").digest(text);
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The comma-separated values of a header field that may come more than once.
    static List<String> tokens(Headers headers, String name) {
        return headers.all(name.toLowerCase(Locale.ROOT)).stream()
                .flatMap(WebSockets::split)
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static Stream<String> split(String line) {
        return Arrays.stream(line.split(",")).map(String::strip);
    }
}
