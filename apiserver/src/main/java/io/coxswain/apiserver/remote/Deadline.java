package io.coxswain.apiserver.remote;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A conversation with somebody else that ends in time, however slowly the other one speaks: limits
/// on single reads do not help against one byte a second.
public final class Deadline {

    private Deadline() {}

    /// The result of `conversation`, which is interrupted when it takes too long.
    ///
    /// @param name of the thread it is held on
    public static <T> T within(Duration longest, String name, Callable<T> conversation)
            throws TimeoutException, ExecutionException, InterruptedException {
        var task = new FutureTask<>(conversation);
        Thread.ofVirtual().name(name).start(task);
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (CancellationException cancelled) {
            throw new TimeoutException();
        } finally {
            task.cancel(true);
        }
    }
}
