package io.coxswain.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How a client connects.
///
/// @param tls for `https`
/// @param headers added to every request that does not have them; asked each time (a token may
///     change)
/// @param address what to dial instead of the host and port of the URI; null: those
/// @param http2 whether HTTP/2 may be chosen
/// @param connectTimeout for the connection and its TLS handshake
/// @param headTimeout until the head of the response is here
public record ClientOptions(
        ClientTls tls,
        Supplier<Headers> headers,
        @Nullable InetSocketAddress address,
        boolean http2,
        Duration connectTimeout,
        Duration headTimeout) {

    public static final ClientOptions DEFAULT =
            new ClientOptions(
                    ClientTls.trustingDefaults(),
                    () -> Headers.EMPTY,
                    null,
                    true,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(90));

    public ClientOptions withTls(ClientTls other) {
        return new ClientOptions(other, headers, address, http2, connectTimeout, headTimeout);
    }

    public ClientOptions withHeaders(Supplier<Headers> other) {
        return new ClientOptions(tls, other, address, http2, connectTimeout, headTimeout);
    }

    /// Sends `Authorization: Bearer …`.
    public ClientOptions withToken(Supplier<String> token) {
        return withHeaders(() -> Headers.of("authorization", "Bearer " + token.get()));
    }

    public ClientOptions withAddress(InetSocketAddress other) {
        return new ClientOptions(tls, headers, other, http2, connectTimeout, headTimeout);
    }

    public ClientOptions withHttp2(boolean other) {
        return new ClientOptions(tls, headers, address, other, connectTimeout, headTimeout);
    }

    public ClientOptions withTimeouts(Duration connect, Duration head) {
        return new ClientOptions(tls, headers, address, http2, connect, head);
    }
}
