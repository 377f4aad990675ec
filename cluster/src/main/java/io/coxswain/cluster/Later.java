package io.coxswain.cluster;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// A value that is being made beside what the caller does meanwhile.
final class Later<T> {

    private final FutureTask<T> task;

    private Later(FutureTask<T> task) {
        this.task = task;
    }

    static <T> Later<T> of(String name, Supplier<T> work) {
        var task = new FutureTask<>(work::get);
        Thread.ofVirtual().name(name).start(task);
        return new Later<>(task);
    }

    /// Waits for it; throws what making it threw.
    T get() {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
