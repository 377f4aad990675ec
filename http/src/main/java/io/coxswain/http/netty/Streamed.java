package io.coxswain.http.netty;

/// A streamed response on its way.
sealed interface Streamed permits StreamSink, RoundStream {

    /// The receiver is gone. Called on the event loop.
    void disconnected(String reason);

    /// The server is closing: the stream shall come to its end.
    void askToEnd();
}
