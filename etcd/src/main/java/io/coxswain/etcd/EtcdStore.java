package io.coxswain.etcd;

import io.coxswain.base.Loops;
import io.coxswain.storage.Entry;
import io.coxswain.storage.FutureRevisionException;
import io.coxswain.storage.Key;
import io.coxswain.storage.Layout;
import io.coxswain.storage.Snapshot;
import io.coxswain.storage.Store;
import io.coxswain.storage.Watch;
import io.coxswain.storage.Write;
import io.coxswain.storage.state.Timeline;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/// A store that several servers share, in an etcd cluster.
///
/// Every server has the whole state and its recent history in memory; reads, past snapshots and
/// watches are answered from there, also while etcd has no leader. A write is acknowledged when a
/// majority of etcd has it on disk and this server shows it, and all before it.
public final class EtcdStore implements Store {

    private static final Duration START = Duration.ofSeconds(30);

    private final Layout layout;
    private final Members members;
    private final Changes changes;
    private final Timeline timeline;
    private final Follower follower;
    private final Freshness freshness;
    private final Writer writer;
    private final Loops.Running following;
    private final Loops.Running compacting;

    private EtcdStore(EtcdOptions options, Layout layout, Members members, Loops loops) {
        var clock = loops.clock();
        var places = new Places(options.prefix(), layout);
        var calls = new Calls(members);
        var offset = offset(calls, places);
        var own = new OwnWrites();
        this.changes = new Changes(places, layout, own, offset);
        var arrivals = new Arrivals(clock);
        var parts = new Follower.Parts(members, places, changes, arrivals, offset, clock);
        var loading = new Loading(calls, places, changes, offset);
        this.layout = layout;
        this.members = members;
        this.timeline = new Timeline(loading.past());
        this.follower = new Follower(parts, loading, timeline, options.history());
        this.freshness = new Freshness(parts, calls, follower);
        var leases = new Leases(calls, clock);
        var fence = new Fence(calls, places, START);
        var writing = new Writer.Parts(layout, leases, own, fence, follower);
        this.writer = new Writer(parts, writing, freshness, timeline);
        arrivals.reach(timeline.revision());
        this.following = loops.start("etcd-watch", follower);
        follower.wakeBy(following::wake);
        this.compacting =
                loops.start(
                        "etcd-compaction",
                        options.compactEvery().isZero()
                                ? () -> io.coxswain.base.Loop.Next.DONE
                                : new Compactor(members, options.compactEvery(), clock));
    }

    /// Connects, reads everything, and follows it from then on. Throws [StoreException] when etcd
    /// cannot be reached.
    public static EtcdStore open(EtcdOptions options, Layout layout, Loops loops) {
        var members = Members.of(options, loops.clock());
        EtcdStore store;
        try {
            store = new EtcdStore(options, layout, members, loops);
        } catch (RuntimeException e) {
            members.close();
            throw e;
        }
        try {
            store.freshness.confirm();
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static long offset(Calls calls, Places places) {
        var stored = calls.get(places.offset(), START);
        return stored == null ? 0 : Long.parseLong(stored.getValue().toStringUtf8());
    }

    @Override
    public Write.Outcome write(Write write) {
        return writer.write(write);
    }

    @Override
    public Snapshot snapshot() {
        return timeline.root();
    }

    @Override
    public Snapshot fresh() {
        freshness.confirm();
        return timeline.root();
    }

    @Override
    public boolean outdated(Entry entry) {
        return layout.outdated(entry.key());
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public Snapshot snapshotAt(long revision) {
        return whenReached(() -> timeline.at(revision));
    }

    @Override
    public Watch watch(String resource, long revision, Runnable wakeUp) {
        return whenReached(() -> timeline.watch(resource, revision, wakeUp));
    }

    /// A revision that is not there yet may have been given out by another server.
    private <T> T whenReached(Supplier<T> read) {
        try {
            return read.get();
        } catch (FutureRevisionException e) {
            freshness.confirm();
            return read.get();
        }
    }

    /// Forgets history in the memory of this server. That in etcd goes by age.
    @Override
    public void compact(long revision) {
        timeline.compact(revision);
    }

    @Override
    public long compactedRevision() {
        return timeline.compactedRevision();
    }

    /// Objects that etcd holds and nobody here can read: damaged ones, or encrypted ones whose key
    /// is not known.
    public Set<Key> unreadable() {
        return changes.unreadable();
    }

    /// Hears nothing for a while, as if the network were broken.
    void suspend(boolean suspended) {
        follower.suspend(suspended);
    }

    @Override
    public void close() {
        members.close();
        follower.close();
        following.stop();
        compacting.stop();
    }
}
