package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.StoreTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Makes sure that what is in memory is as new as what anybody has been told.
///
/// etcd is asked for its revision, by one for all who wait; usually the watch is there already or
/// comes within a moment. What lies outside the prefix raises the revision and never comes, so
/// after that moment etcd is asked to say how far the watch is. Members before 3.4.25 and 3.5.8 may
/// claim too much there; with those a key below the prefix is written, which does come.
final class Freshness {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration ARRIVAL = Duration.ofSeconds(3);

    private final Calls calls;
    private final Places places;
    private final Arrivals arrivals;
    private final Follower follower;
    private final long offset;
    private final ReentrantLock turn = new ReentrantLock();
    private final Object next = new Object();
    private @Nullable Round waiting;
    private volatile @Nullable Boolean claimsAreSafe;

    Freshness(Follower.Parts parts, Calls calls, Follower follower) {
        this.places = parts.places();
        this.arrivals = parts.arrivals();
        this.offset = parts.offset();
        this.calls = calls;
        this.follower = follower;
    }

    /// What one asked for all.
    private static final class Round {
        private boolean done;
        private long revision;
        private @Nullable StoreException failure;
    }

    /// Waits until everything acknowledged before this call can be seen. Returns the revision that
    /// etcd was at.
    long confirm() {
        Round own;
        synchronized (next) {
            if (waiting == null) {
                waiting = new Round();
            }
            own = waiting;
        }
        turn.lock();
        try {
            if (!own.done) {
                synchronized (next) {
                    waiting = null;
                }
                run(own);
            }
        } finally {
            turn.unlock();
        }
        if (own.failure != null) {
            throw own.failure;
        }
        return own.revision;
    }

    private void run(Round round) {
        try {
            round.revision = calls.revision(PATIENCE) + offset;
            catchUp(round.revision);
        } catch (StoreException e) {
            round.failure = e;
        } finally {
            round.done = true;
        }
    }

    /// Waits until `revision`, which etcd has reached, can be seen.
    void catchUp(long revision) {
        if (arrivals.await(revision, MOMENT)) {
            return;
        }
        nudge();
        if (!arrivals.await(revision, ARRIVAL)) {
            throw new StoreTimeoutException(
                    "what was read from etcd is at revision "
                            + arrivals.reached()
                            + " and does not get to "
                            + revision);
        }
    }

    private void nudge() {
        var safe = claimsAreSafe;
        if (safe == null) {
            safe = EtcdVersion.parse(calls.version(PATIENCE)).claimsAreSafe();
            claimsAreSafe = safe;
        }
        if (safe) {
            follower.requestProgress();
        } else {
            calls.put(places.marker(), ByteString.EMPTY, PATIENCE);
        }
    }
}
