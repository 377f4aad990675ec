package io.coxswain.etcd;

import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.etcd.rpc.WatchCreateRequest;
import io.coxswain.etcd.rpc.WatchProgressRequest;
import io.coxswain.etcd.rpc.WatchRequest;
import io.coxswain.etcd.rpc.WatchResponse;
import io.coxswain.storage.Event;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.state.Limits;
import io.coxswain.storage.state.Root;
import io.coxswain.storage.state.Timeline;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the state in memory up to date by one watch of everything below the prefix.
///
/// Responses are applied as they come, by the thread that receives them; the loop only opens the
/// watch, and opens it again, right behind what has arrived, when it breaks. When etcd no longer
/// knows what happened since, everything is read anew and who watches is told so.
final class Follower implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final Duration AGAIN_MIN = Duration.ofMillis(10);
    private static final Duration AGAIN_MAX = Duration.ofSeconds(1);
    private static final Duration TIDY_EVERY = Duration.ofSeconds(1);

    private final Members members;
    private final Places places;
    private final Loading loading;
    private final Changes changes;
    private final Timeline timeline;
    private final Arrivals arrivals;
    private final Limits limits;
    private final long offset;
    private final Clock clock;
    private Runnable wake = () -> {};
    private Duration again = AGAIN_MIN;
    private volatile boolean suspended;
    private volatile @Nullable Stream stream;

    Follower(Parts parts, Loading loading, Timeline timeline, Limits limits) {
        this.members = parts.members();
        this.places = parts.places();
        this.changes = parts.changes();
        this.arrivals = parts.arrivals();
        this.offset = parts.offset();
        this.clock = parts.clock();
        this.loading = loading;
        this.timeline = timeline;
        this.limits = limits;
    }

    /// What the parts of the store share.
    record Parts(
            Members members,
            Places places,
            Changes changes,
            Arrivals arrivals,
            long offset,
            Clock clock) {}

    /// How the loop is told that the watch is broken.
    void wakeBy(Runnable wake) {
        this.wake = wake;
    }

    /// Hears nothing for a while.
    void suspend(boolean silent) {
        suspended = silent;
        close();
        wake.run();
    }

    @Override
    public Next runOnce() {
        timeline.compact(limits, clock.nanos());
        if (suspended) {
            return Next.in(clock, TIDY_EVERY);
        }
        var open = stream;
        if (open != null && !open.over) {
            again = AGAIN_MIN;
            return Next.in(clock, TIDY_EVERY);
        }
        if (open != null) {
            stream = null;
            if (open.compacted) {
                restart();
            }
            members.leave(open.member);
            again = Members.min(again.multipliedBy(2), AGAIN_MAX);
        }
        var next = new Stream(members.current());
        stream = next;
        next.open();
        return Next.in(clock, open == null ? TIDY_EVERY : again);
    }

    /// Shows a write of this process as soon as etcd has confirmed it, if all before it has been
    /// shown: the watch need not be waited for then, and says nothing new when it comes.
    void wrote(OwnWrites.Pending own, long revision) {
        synchronized (timeline) {
            var root = timeline.root();
            var readable = !own.write.delete() || root.get(own.write.key()) != null;
            if (root.revision() + 1 == revision && readable) {
                show(root, List.of(Changes.own(own, revision, root)), revision);
            }
        }
    }

    private void show(Root root, List<Event> events, long reached) {
        timeline.publish(events, root.after(events).at(reached), clock.nanos());
        timeline.wake(events);
        arrivals.reach(reached);
    }

    /// Asks etcd to say how far its events have been sent.
    void requestProgress() {
        var open = stream;
        if (open != null) {
            open.requestProgress();
        }
    }

    void close() {
        var open = stream;
        if (open != null) {
            open.close();
        }
    }

    private void restart() {
        try {
            var root = loading.present();
            LOG.warn(
                    "etcd has compacted what followed revision {}; going on from {}",
                    timeline.revision(),
                    root.revision());
            synchronized (timeline) {
                timeline.restart(root);
                arrivals.reach(root.revision());
            }
        } catch (StoreException e) {
            LOG.warn("etcd cannot be read: {}", e.getMessage());
        }
    }

    /// One watch on one member.
    private final class Stream implements StreamObserver<WatchResponse> {
        final Member member;
        volatile boolean over;
        volatile boolean compacted;
        private @Nullable StreamObserver<WatchRequest> requests;

        Stream(Member member) {
            this.member = member;
        }

        void open() {
            var create =
                    WatchCreateRequest.newBuilder()
                            .setKey(places.first())
                            .setRangeEnd(places.end())
                            .setStartRevision(timeline.revision() - offset + 1)
                            .setProgressNotify(true);
            var out = member.watches().watch(this);
            requests = out;
            send(WatchRequest.newBuilder().setCreateRequest(create).build());
        }

        void requestProgress() {
            var progress = WatchProgressRequest.getDefaultInstance();
            send(WatchRequest.newBuilder().setProgressRequest(progress).build());
        }

        private synchronized void send(WatchRequest request) {
            var out = requests;
            if (out != null && !over) {
                out.onNext(request);
            }
        }

        @Override
        public void onNext(WatchResponse response) {
            if (over) {
                return;
            }
            if (response.getCanceled()) {
                compacted = response.getCompactRevision() > 0;
                LOG.info("etcd ends the watch: {}", response.getCancelReason());
                end();
                return;
            }
            apply(response);
        }

        private void apply(WatchResponse response) {
            synchronized (timeline) {
                var root = timeline.root();
                var events = changes.after(root, response.getEventsList());
                var reached =
                        response.getEventsCount() == 0
                                ? progress(response)
                                : response.getEvents(response.getEventsCount() - 1)
                                                .getKv()
                                                .getModRevision()
                                        + offset;
                if (reached <= root.revision()) {
                    return;
                }
                show(root, events, reached);
            }
        }

        /// The answer to the creation says how far etcd is, not how far the watch is.
        private long progress(WatchResponse response) {
            return response.getCreated() ? 0 : response.getHeader().getRevision() + offset;
        }

        @Override
        public void onError(Throwable failure) {
            if (!over && !members.closed()) {
                LOG.info(
                        "the watch on {} broke: {}",
                        member.server(),
                        Status.fromThrowable(failure));
            }
            end();
        }

        @Override
        public void onCompleted() {
            end();
        }

        private void end() {
            over = true;
            wake.run();
        }

        synchronized void close() {
            over = true;
            var out = requests;
            if (out instanceof ClientCallStreamObserver<WatchRequest> call) {
                call.cancel("closed", null);
            }
        }
    }
}
