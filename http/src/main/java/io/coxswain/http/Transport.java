package io.coxswain.http;

/// Sends one request and waits for the head of its response; the client's side of [Handler].
///
/// [HttpClient] sends it over the network, [DirectClient] calls a handler in this process. Throws
/// [java.io.UncheckedIOException] when no answer could be had.
public interface Transport extends AutoCloseable {

    /// Sends the request and returns when the head of the response is here. The caller closes the
    /// body or reads it to its end.
    Exchange open(Request request);

    /// Like [#open], with the body as a handler would have given it: whole when its length is
    /// known, else as a producer that may be run once, on the thread of the caller.
    default Response send(Request request) {
        return open(request).response();
    }

    /// Asks for the connection itself (`Connection: Upgrade` in the request's headers).
    default Upgrade upgrade(Request request) {
        throw new UnsupportedOperationException("this transport cannot upgrade");
    }

    @Override
    default void close() {}
}
