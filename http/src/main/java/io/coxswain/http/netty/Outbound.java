package io.coxswain.http.netty;

import io.coxswain.http.Duplex;
import io.coxswain.http.Headers;
import io.coxswain.http.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;

/// The way back to the client for one exchange. Called in order, by one thread at a time; the work
/// is done on the event loop.
interface Outbound {

    /// The whole response.
    void full(Response.Full response);

    /// The head of a streamed response, on its way at once.
    void head(int status, Headers headers);

    /// Bytes of a streamed response, not empty; `left` is called when they have left.
    void body(ByteBuf bytes, Runnable left);

    /// The end of a streamed response.
    void end();

    /// Breaks the response off, so that the client sees that it is incomplete.
    void cut();

    /// The event loop of the connection.
    EventExecutor loop();

    /// Where buffers for [#body] come from.
    ByteBufAllocator allocator();

    /// Sends the head of an upgrade and takes the connection over. Throws when it cannot be done.
    Duplex upgrade(Headers headers) throws IOException;
}
