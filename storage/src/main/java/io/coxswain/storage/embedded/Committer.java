package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.storage.Event;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.DiskFullException;
import io.coxswain.storage.state.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits writes in groups without a thread of its own: of the writers that wait, one takes the
/// turn and commits for all that are there; those that come meanwhile are the next group.
///
/// A group is decided, appended, forced, and only then seen by anyone. When appending or forcing
/// fails, nobody is told that a write succeeded, then or later: after a failed force the operating
/// system may pretend that all is well. Only a full disk is survived, by taking the append back.
final class Committer {

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int GROUP_WRITES_MAX = 1_000;
    private static final long GROUP_BYTES_MAX = 8 << 20;

    private final Log log;
    private final Timeline timeline;
    private final Expirations expirations;
    private final Sealing sealing;
    private final SpaceAlarm alarm;
    private final Clock clock;
    private final ConcurrentLinkedQueue<Waiter> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock();
    private final Bytes frame = new Bytes();
    private final LongAdder groups = new LongAdder();
    private volatile @Nullable StoreException stopped;

    Committer(Recovery.Recovered recovered, SpaceAlarm alarm, Clock clock) {
        this.log = recovered.log();
        this.timeline = recovered.timeline();
        this.expirations = recovered.expirations();
        this.sealing = recovered.sealing();
        this.alarm = alarm;
        this.clock = clock;
    }

    Write.Outcome write(Write write) {
        var waiter = new Waiter(write);
        queue.add(waiter);
        await(waiter);
        return waiter.outcome();
    }

    /// Commits these writes in as few groups as possible. Each has its own outcome.
    List<Write.Outcome> writeAll(List<Write> writes) {
        var waiters = writes.stream().map(Waiter::new).toList();
        queue.addAll(waiters);
        waiters.forEach(this::await);
        return waiters.stream().map(Waiter::outcome).toList();
    }

    private void await(Waiter waiter) {
        var interrupted = false;
        while (!waiter.done()) {
            if (turn.tryLock()) {
                lead(waiter);
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Watches are woken after the turn has been passed on: they cost this writer, but no other.
    private void lead(Waiter own) {
        List<Event> events = List.of();
        try {
            if (!own.done()) {
                events = commit();
            }
        } finally {
            passOn();
        }
        timeline.wake(events);
    }

    private void passOn() {
        turn.unlock();
        var next = queue.peek();
        if (next != null) {
            next.wake();
        }
    }

    /// Runs `action` between two groups.
    void exclusively(Action action) throws IOException {
        turn.lock();
        try {
            action.run();
        } finally {
            passOn();
        }
    }

    /// Something done while nobody writes.
    interface Action {
        void run() throws IOException;
    }

    /// Takes no writes from now on. Must have the turn.
    void stop(StoreException reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    /// Why writes are refused; null when they are not.
    @Nullable StoreException stopped() {
        return stopped;
    }

    long groups() {
        return groups.sum();
    }

    private List<Event> commit() {
        var waiters = take();
        try {
            return commit(waiters);
        } catch (Throwable fault) {
            var reason = fault(fault);
            waiters.stream().filter(waiter -> !waiter.done()).forEach(w -> w.fail(reason));
            return List.of();
        }
    }

    private List<Waiter> take() {
        var waiters = new ArrayList<Waiter>();
        var bytes = 0L;
        while (waiters.size() < GROUP_WRITES_MAX && bytes < GROUP_BYTES_MAX) {
            var waiter = queue.poll();
            if (waiter == null) {
                break;
            }
            waiters.add(waiter);
            bytes += waiter.write().draft().bytes().length;
        }
        return waiters;
    }

    private List<Event> commit(List<Waiter> waiters) throws IOException {
        if (stopped != null) {
            throw stopped;
        }
        var group = new Group(timeline.root(), clock.now().toEpochMilli(), sealing, frame);
        for (var waiter : waiters) {
            try {
                alarm.admit(waiter.write());
                waiter.decide(group.decide(waiter.write()));
            } catch (RuntimeException refusal) {
                waiter.fail(refusal);
            }
        }
        if (!group.events().isEmpty()) {
            store(group);
            timeline.publish(group.events(), group.after(), clock.nanos());
            group.changes().forEach(expirations::apply);
            group.changes().forEach(sealing::keep);
        }
        waiters.stream().filter(waiter -> !waiter.done()).forEach(Waiter::complete);
        return group.events();
    }

    private void store(Group group) throws IOException {
        try {
            log.append(group.seal(log.nonce()));
        } catch (DiskFullException full) {
            log.takeBack();
            alarm.diskFull();
            throw full;
        }
        log.force(frame.length());
        groups.increment();
    }

    /// Sorts what went wrong with a group: a full disk may get space again, all else is final.
    private StoreException fault(Throwable fault) {
        if (stopped != null) {
            return stopped;
        }
        if (fault instanceof DiskFullException) {
            return new StoreException(
                    "no space left in " + log.disk() + ": the write was not stored", fault);
        }
        LOG.error("the store in {} takes no more writes", log.disk(), fault);
        var reason =
                new StoreException(
                        "the store in " + log.disk() + " takes no more writes: " + fault, fault);
        stopped = reason;
        return reason;
    }
}
