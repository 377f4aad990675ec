package io.coxswain.apiserver.flowcontrol;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One queue of a level. Guarded by the level's lock, but for what a waiter looks at itself.
final class WaitingLine {

    /// Somebody in the queue.
    static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private final WaitingLine line;
        private final int width;
        private volatile Level.@Nullable Seat seat;

        private Waiter(WaitingLine line, int width) {
            this.line = line;
            this.width = width;
        }

        WaitingLine line() {
            return line;
        }

        int width() {
            return width;
        }

        Level.@Nullable Seat seat() {
            return seat;
        }

        void seat(Level.Seat given) {
            seat = given;
            LockSupport.unpark(thread);
        }
    }

    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>(0);
    private double nextStart;

    int length() {
        return waiters.size();
    }

    Waiter first() {
        return waiters.getFirst();
    }

    Waiter join(int width) {
        var waiter = new Waiter(this, width);
        waiters.addLast(waiter);
        return waiter;
    }

    Waiter leave() {
        return waiters.removeFirst();
    }

    void remove(Waiter waiter) {
        waiters.remove(waiter);
    }

    /// When the next request begins in virtual time. A queue that was idle has saved nothing up.
    double start(double virtual) {
        return Math.max(nextStart, virtual);
    }

    void begin(double start, double expected) {
        nextStart = start + expected;
    }

    /// What a request took beyond what was expected; less when it was quick.
    void charge(double difference) {
        nextStart += difference;
    }
}
