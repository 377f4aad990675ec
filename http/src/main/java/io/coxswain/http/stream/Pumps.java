package io.coxswain.http.stream;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/// Virtual threads that copy streams and belong to one connection; none outlives it.
public final class Pumps implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();

    /// Work of one thread.
    @FunctionalInterface
    public interface Copy {
        void run() throws IOException;
    }

    /// Starts a copy; `onFailure` closes what the others wait for when one side is lost.
    public void start(String name, Copy copy, Runnable onFailure) {
        threads.add(Thread.ofVirtual().name(name).start(() -> run(copy, onFailure)));
    }

    private static void run(Copy copy, Runnable onFailure) {
        try {
            copy.run();
        } catch (IOException lost) {
            onFailure.run();
        }
    }

    /// Waits until all copies are done.
    public void join() throws InterruptedIOException {
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    /// Interrupts copies that still wait.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
