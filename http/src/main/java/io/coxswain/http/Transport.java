package io.coxswain.http;

/// Sends one request and waits for the head of its response; the client's side of [Handler].
///
/// `HttpClient` sends it over the network, `DirectClient` calls a handler in this process. Throws
/// [java.io.UncheckedIOException] when no answer could be had.
public interface Transport extends AutoCloseable {

    Response send(Request request);

    @Override
    default void close() {}
}
