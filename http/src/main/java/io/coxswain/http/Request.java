package io.coxswain.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One HTTP request, body read in full (the server enforces the limit).
///
/// @param path percent-decoded, always starting with `/`
/// @param rawPath as it came on the wire, for proxies and for checks of encoded separators
public record Request(
        String method,
        String path,
        String rawPath,
        Query query,
        Headers headers,
        Payload body,
        Peer peer) {

    private static final Peer UNKNOWN = new Peer(null, List.of(), null);

    public static Request of(String method, String path) {
        return new Request(method, path, path, Query.EMPTY, Headers.EMPTY, Payload.EMPTY, UNKNOWN);
    }

    public static Request get(String path) {
        return of("GET", path);
    }

    /// The first value of a header, or null.
    public @Nullable String header(String name) {
        return headers.first(name);
    }

    public Request withQuery(Query other) {
        return new Request(method, path, rawPath, other, headers, body, peer);
    }

    public Request withHeader(String name, String value) {
        return withHeaders(headers.without(name).with(name, value));
    }

    public Request withHeaders(Headers other) {
        return new Request(method, path, rawPath, query, other, body, peer);
    }

    public Request withBody(String contentType, Payload content) {
        return new Request(
                method,
                path,
                rawPath,
                query,
                headers.without("content-type").with("content-type", contentType),
                content,
                peer);
    }

    public Request withPeer(Peer other) {
        return new Request(method, path, rawPath, query, headers, body, other);
    }
}
