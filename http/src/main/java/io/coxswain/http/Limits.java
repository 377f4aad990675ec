package io.coxswain.http;

import java.time.Duration;

/// How much one client may ask of a server.
///
/// @param bodyBytesMax a longer request body is thrown away; who asks for it learns why
/// @param headerBytesMax request line and headers; more is answered with 431
/// @param headersMax how many header fields
/// @param streamsMax concurrent HTTP/2 streams of a connection
/// @param resetsPerWindowMax HTTP/2 streams that may be reset within 30 seconds, by either side
/// @param headTimeout for the TLS handshake, and for a head once its first byte came
/// @param bodyTimeout for a request's body
/// @param idleTimeout for a connection between requests
/// @param drainTimeout for requests in flight when the server closes
public record Limits(
        int bodyBytesMax,
        int headerBytesMax,
        int headersMax,
        int streamsMax,
        int resetsPerWindowMax,
        Duration headTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        Duration drainTimeout) {

    public static final Limits DEFAULT =
            new Limits(
                    3 << 20,
                    64 << 10,
                    200,
                    250,
                    1000,
                    Duration.ofSeconds(32),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(90),
                    Duration.ofSeconds(5));

    public Limits withBodyBytesMax(int other) {
        return new Limits(
                other,
                headerBytesMax,
                headersMax,
                streamsMax,
                resetsPerWindowMax,
                headTimeout,
                bodyTimeout,
                idleTimeout,
                drainTimeout);
    }

    public Limits withStreamsMax(int other) {
        return new Limits(
                bodyBytesMax,
                headerBytesMax,
                headersMax,
                other,
                resetsPerWindowMax,
                headTimeout,
                bodyTimeout,
                idleTimeout,
                drainTimeout);
    }

    public Limits withHeads(int bytesMax, int fieldsMax) {
        return new Limits(
                bodyBytesMax,
                bytesMax,
                fieldsMax,
                streamsMax,
                resetsPerWindowMax,
                headTimeout,
                bodyTimeout,
                idleTimeout,
                drainTimeout);
    }

    public Limits withTimeouts(Duration head, Duration body, Duration idle, Duration drain) {
        return new Limits(
                bodyBytesMax,
                headerBytesMax,
                headersMax,
                streamsMax,
                resetsPerWindowMax,
                head,
                body,
                idle,
                drain);
    }
}
