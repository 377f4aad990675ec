package io.coxswain.storage.embedded;

import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A write and the thread that waits for it.
final class Waiter {

    private final Write write;
    private final Thread thread = Thread.currentThread();
    private Write.@Nullable Outcome outcome;
    private @Nullable RuntimeException failure;
    private volatile boolean done;

    Waiter(Write write) {
        this.write = write;
    }

    Write write() {
        return write;
    }

    boolean done() {
        return done;
    }

    /// What it will be told once the group it is in is durable.
    void decide(Write.Outcome outcome) {
        this.outcome = outcome;
    }

    void complete() {
        done = true;
        wake();
    }

    void fail(RuntimeException failure) {
        this.failure = failure;
        complete();
    }

    void wake() {
        if (!Thread.currentThread().equals(thread)) {
            LockSupport.unpark(thread);
        }
    }

    /// The answer, once [#done].
    Write.Outcome outcome() {
        if (failure != null) {
            throw failure instanceof StoreException fault
                    ? new StoreException(String.valueOf(fault.getMessage()), fault)
                    : failure;
        }
        if (outcome == null) {
            throw new StoreException("the write was not decided");
        }
        return outcome;
    }
}
