package io.coxswain.http.netty;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/// The bytes of one stream that were handed to the network and have not left yet. A writer that is
/// too far ahead waits here, which is how a slow receiver slows down a producer.
final class SendWindow {

    private static final long BYTES_MAX = 128 << 10;

    private long inFlight;
    private @Nullable IOException failure;

    /// Waits for room, then takes `bytes` of it; a single write may exceed the bound.
    synchronized void enter(int bytes) throws IOException {
        try {
            while (failure == null && inFlight >= BYTES_MAX) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the receiver was slow");
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
        inFlight += bytes;
    }

    synchronized void leave(int bytes) {
        inFlight -= bytes;
        if (inFlight < BYTES_MAX) {
            notifyAll();
        }
    }

    /// Makes every waiting and later writer fail.
    synchronized void fail(IOException reason) {
        if (failure == null) {
            failure = reason;
        }
        notifyAll();
    }
}
