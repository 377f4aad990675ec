package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.User;
import io.coxswain.http.Request;
import org.jspecify.annotations.Nullable;

/// Recognises one sort of credential.
@FunctionalInterface
public interface Authenticator {

    /// Who the request is from, or null when it carries no credential that is good here.
    @Nullable User authenticate(Request request);

    /// The bearer token of a request, or null.
    static @Nullable String bearerToken(Request request) {
        var header = request.header("authorization");
        if (header != null) {
            var parts = header.trim().split(" +", 2);
            return parts.length == 2 && parts[0].equalsIgnoreCase("bearer") ? parts[1] : null;
        }
        return webSocketToken(request);
    }

    /// Browsers cannot set headers on a WebSocket, so the token travels as a subprotocol.
    private static @Nullable String webSocketToken(Request request) {
        var prefix = "base64url.bearer.authorization.k8s.io.";
        for (var header : request.headers().all("sec-websocket-protocol")) {
            for (var protocol : header.split(",")) {
                if (protocol.trim().startsWith(prefix)) {
                    return Tokens.decodeUrl(protocol.trim().substring(prefix.length()));
                }
            }
        }
        return null;
    }
}
