package io.coxswain.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A stream that is produced in short rounds, none of which waits for anything.
///
/// Over the network a thread makes round after round. In this process the reader does when it asks
/// for the next frame: such a stream needs no thread, and what it brings depends on nothing but
/// what there is to bring.
public interface Rounds extends AutoCloseable {

    /// Writes what is there. Returns how long the next round may wait if nobody calls the wake-up
    /// before; zero when there is more now, null when this was the last.
    @Nullable Duration next(Response.Sink sink) throws IOException;

    @Override
    void close();

    /// Produces a body in rounds.
    interface Producer extends Response.Producer {

        /// Whether no round ever waits for another machine: only then may the threads that move
        /// bytes make them.
        default boolean prompt() {
            return false;
        }

        /// Begins; `wakeUp` is called, from any thread, when another round has something to do.
        Rounds begin(Runnable wakeUp);

        @Override
        default void writeTo(Response.Sink sink) throws IOException {
            var thread = Thread.currentThread();
            var open = new AtomicBoolean(true);
            sink.onClose(() -> {
                open.set(false);
                LockSupport.unpark(thread);
            });
            try (var rounds = begin(() -> LockSupport.unpark(thread))) {
                while (open.get()) {
                    var pause = rounds.next(sink);
                    if (pause == null) {
                        return;
                    }
                    if (pause.isPositive()) {
                        sink.flush();
                        LockSupport.parkNanos(this, pause.toNanos());
                    }
                }
            }
        }
    }
}
