package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.User;
import io.coxswain.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Recognises callers by something else than a bearer token.
@FunctionalInterface
public interface Authenticator {

    /// Who the request is from, or null when it carries no credential that is good here.
    @Nullable User authenticate(Request request);

    /// The bearer token of a request, or null.
    static @Nullable String bearerToken(Request request) {
        var header = request.header("authorization");
        if (header != null) {
            var parts = header.strip().split(" ", 3);
            return parts.length > 1 && parts[0].equalsIgnoreCase("bearer") && !parts[1].isEmpty()
                    ? parts[1]
                    : null;
        }
        return webSocketToken(request);
    }

    /// Browsers cannot set headers on a WebSocket, so the token travels as a subprotocol.
    private static @Nullable String webSocketToken(Request request) {
        var prefix = "base64url.bearer.authorization.k8s.io.";
        for (var header : request.headers().all("sec-websocket-protocol")) {
            for (var protocol : header.split(",")) {
                if (protocol.strip().startsWith(prefix)) {
                    return decoded(protocol.strip().substring(prefix.length()));
                }
            }
        }
        return null;
    }

    /// Text in unpadded base64url, or null when it is none.
    private static @Nullable String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
