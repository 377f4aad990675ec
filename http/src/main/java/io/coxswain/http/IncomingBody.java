package io.coxswain.http;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A body as it arrives, for one reader. What is not read holds the sender back.
///
/// A frame is what the transport delivered at once: in this process exactly what the producer
/// wrote, over the network any piece of the bytes.
public interface IncomingBody extends AutoCloseable {

    /// The next frame, or null when none is here (yet, or any more). Never blocks.
    @Nullable Payload poll();

    /// The next frame, waiting for it; null at the end. Throws when the body was cut.
    @Nullable Payload take() throws IOException;

    /// Calls `wakeUp` whenever there may be more to poll, and at the end; from any thread, so it
    /// must be short. It is called at once when there is something already.
    void onData(Runnable wakeUp);

    /// Whether everything was read, or the body was cut and nothing more will come.
    boolean ended();

    /// Why the body was cut; null while it has not been.
    @Nullable IOException failure();

    /// The rest as a blocking stream; closing it closes this body.
    InputStream asStream();

    /// The rest in one piece; throws when it is longer than `bytesMax`.
    Payload readAll(int bytesMax) throws IOException;

    /// Gives up: tells the sender to stop. Does nothing after the end.
    @Override
    void close();
}
