package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.coxswain.base.Clock;
import io.coxswain.etcd.rpc.KeyValue;
import io.coxswain.etcd.rpc.TxnRequest;
import io.coxswain.etcd.rpc.TxnResponse;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Layout;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.StoreTimeoutException;
import io.coxswain.storage.Write;
import io.coxswain.storage.Write.Outcome;
import io.coxswain.storage.state.Timeline;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes by compare-and-swap, and returns when the change can be seen here.
///
/// A call whose answer is lost is made again: the comparison, and the [Fence] for creations, make
/// that harmless. When it then fails because of what may have been the first call, the watch tells
/// whose change it was.
final class Writer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ARRIVAL = Duration.ofSeconds(3);
    private static final Duration PAUSE_MIN = Duration.ofMillis(10);
    private static final Duration PAUSE_MAX = Duration.ofMillis(500);
    private static final String UNKNOWN = "etcd did not say whether it has stored the write: ";

    private final Members members;
    private final Places places;
    private final Layout layout;
    private final Leases leases;
    private final OwnWrites own;
    private final Fence fence;
    private final Follower follower;
    private final Freshness freshness;
    private final Arrivals arrivals;
    private final Timeline timeline;
    private final long offset;
    private final Clock clock;

    /// What only writing needs.
    record Parts(Layout layout, Leases leases, OwnWrites own, Fence fence, Follower follower) {}

    Writer(Follower.Parts parts, Parts writing, Freshness freshness, Timeline timeline) {
        this.members = parts.members();
        this.places = parts.places();
        this.arrivals = parts.arrivals();
        this.offset = parts.offset();
        this.clock = parts.clock();
        this.layout = writing.layout();
        this.leases = writing.leases();
        this.own = writing.own();
        this.fence = writing.fence();
        this.follower = writing.follower();
        this.freshness = freshness;
        this.timeline = timeline;
    }

    Outcome write(Write write) {
        var place = places.of(write.key());
        if (write.delete() && write.expected() == Write.ABSENT) {
            freshness.confirm();
            return new Outcome.Conflict(timeline.root().get(write.key()));
        }
        var value =
                write.delete()
                        ? ByteString.EMPTY
                        : UnsafeByteOperations.unsafeWrap(layout.value(write.key(), write.draft()));
        var pending = own.begin(place, write, value);
        try {
            return attempts(pending);
        } finally {
            own.end(pending);
        }
    }

    private Outcome attempts(OwnWrites.Pending pending) {
        var end = clock.nanos() + PATIENCE.toNanos();
        var pause = PAUSE_MIN;
        var doubtful = false;
        while (true) {
            var ttl = pending.write.timeToLive();
            var lease = ttl == null || pending.write.delete() ? 0 : leases.lease(ttl);
            var member = members.current();
            var fenced = fence.revision();
            try {
                if (doubtful && creates(pending)) {
                    fenced = settle(Duration.ofNanos(end - clock.nanos()));
                    var seen = pending.seen();
                    if (seen != null) {
                        return new Outcome.Written(seen);
                    }
                    doubtful = false;
                }
                var response = send(member, request(pending, lease, fenced));
                if (fencedOff(pending, response, fenced)) {
                    continue;
                }
                return outcome(pending, response, doubtful);
            } catch (StatusRuntimeException failure) {
                if (Failures.leaseGone(failure)) {
                    leases.forget(lease);
                    continue;
                }
                doubtful |= Failures.passing(failure);
                if (!Failures.passing(failure)
                        || members.closed()
                        || end - clock.nanos() <= pause.toNanos()) {
                    throw doubtful ? unknown(failure) : Failures.sort(failure);
                }
                members.next(member, failure);
                clock.pause(pause);
                pause = Members.min(pause.multipliedBy(2), PAUSE_MAX);
            }
        }
    }

    private static boolean creates(OwnWrites.Pending pending) {
        return !pending.write.delete() && pending.write.expected() == Write.ABSENT;
    }

    /// Afterwards an earlier attempt to create has been seen, or will never have happened. Returns
    /// where the fence is now.
    private long settle(Duration patience) {
        try {
            var raised = fence.raise(patience);
            freshness.catchUp(raised + offset);
            return raised;
        } catch (StoreException e) {
            throw new StoreTimeoutException(UNKNOWN + e.getMessage(), e);
        }
    }

    /// Whether a creation was refused only because somebody has raised the fence.
    private boolean fencedOff(OwnWrites.Pending pending, TxnResponse response, long expected) {
        if (response.getSucceeded() || !creates(pending)) {
            return false;
        }
        var range = response.getResponses(1).getResponseRange();
        var now = range.getKvsCount() == 0 ? 0 : range.getKvs(0).getModRevision();
        fence.moved(now);
        return now != expected && response.getResponses(0).getResponseRange().getKvsCount() == 0;
    }

    private static StoreTimeoutException unknown(StatusRuntimeException failure) {
        return new StoreTimeoutException(UNKNOWN + failure.getStatus().getDescription(), failure);
    }

    private static TxnResponse send(Member member, TxnRequest request) {
        return member.keys()
                .withDeadlineAfter(Members.callMillis(PATIENCE), TimeUnit.MILLISECONDS)
                .txn(request);
    }

    private TxnRequest request(OwnWrites.Pending pending, long lease, long fenced) {
        var write = pending.write;
        if (write.delete()) {
            var deletion = Calls.delete(pending.place);
            return Calls.ifUnchanged(pending.place, write.expected() - offset, deletion).build();
        }
        var put = Calls.put(pending.place, pending.value, lease);
        if (!creates(pending)) {
            return Calls.ifUnchanged(pending.place, write.expected() - offset, put).build();
        }
        return Calls.ifUnchanged(pending.place, 0, put)
                .addCompare(Calls.unchanged(places.fence(), fenced))
                .addFailure(Calls.read(places.fence()))
                .build();
    }

    private Outcome outcome(OwnWrites.Pending pending, TxnResponse response, boolean doubtful) {
        var revision = response.getHeader().getRevision() + offset;
        if (response.getSucceeded()) {
            follower.wrote(pending, revision);
            return new Outcome.Written(written(pending, revision));
        }
        var range = response.getResponses(0).getResponseRange();
        var current = range.getKvsCount() == 0 ? null : range.getKvs(0);
        // The state that the next attempt of the caller starts from must show the reason.
        freshness.catchUp(current == null ? revision : current.getModRevision() + offset);
        if (doubtful) {
            var seen = pending.seen();
            if (seen != null && !pending.write.delete()) {
                return new Outcome.Written(seen);
            }
            if (seen != null || current == null) {
                throw new StoreTimeoutException(
                        "etcd did not say who has deleted " + pending.write.key());
            }
        }
        return new Outcome.Conflict(conflicting(pending.write, current));
    }

    /// The written object as the watch has shown it, so that everybody shares the same bytes.
    private Entry written(OwnWrites.Pending pending, long revision) {
        arrivals.await(revision, ARRIVAL);
        var seen = pending.seen();
        if (seen != null && seen.revision() == revision) {
            return seen;
        }
        var draft = pending.write.draft();
        return new Entry(pending.write.key(), revision, draft.header(), draft.at(revision));
    }

    private @Nullable Entry conflicting(Write write, @Nullable KeyValue current) {
        if (current == null) {
            return null;
        }
        var known = timeline.root().get(write.key());
        var revision = current.getModRevision() + offset;
        if (known != null && known.revision() >= revision) {
            return known;
        }
        var draft = layout.draft(write.key(), current.getValue().toByteArray());
        return new Entry(write.key(), revision, draft.header(), draft.at(revision));
    }
}
