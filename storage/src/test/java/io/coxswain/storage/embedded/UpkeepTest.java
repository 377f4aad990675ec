package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.json;
import static io.coxswain.storage.Samples.pod;
import static io.coxswain.storage.Samples.text;
import static io.coxswain.storage.Samples.updated;
import static io.coxswain.storage.Samples.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Loop;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import io.coxswain.storage.Store;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.MemoryDisk;
import io.coxswain.storage.state.Limits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UpkeepTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final MemoryDisk disk = new MemoryDisk();

    private EmbeddedStore open(Options options) {
        return EmbeddedStore.open(disk, clock, options);
    }

    private static Entry createdFor(Store store, Key key, String text, Duration ttl) {
        return written(store.write(Write.create(key, draft(text)).expiringAfter(ttl)));
    }

    @Test
    void deletesWhatExpiredAndShowsItsLastStateAtTheDeletionsRevision() throws Exception {
        var store = open(Options.DEFAULT);
        var event = createdFor(store, pod("event"), "boo", Duration.ofHours(1));
        var stays = created(store, pod("stays"), "x");
        var watch = store.watch("pods", stays.revision(), () -> {});

        clock.advance(Duration.ofMinutes(59));
        store.upkeep().runOnce();
        assertThat(store.snapshot().get(pod("event"))).isEqualTo(event);

        clock.advance(Duration.ofMinutes(1));
        store.upkeep().runOnce();
        assertThat(store.snapshot().get(pod("event"))).isNull();
        assertThat(store.snapshot().get(pod("stays"))).isEqualTo(stays);
        var events = drain(watch);
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().deleted()).isTrue();
        assertThat(text(events.getFirst().entry())).isEqualTo(json(stays.revision() + 1, "boo"));
        assertThat(store.stats().expiring()).isZero();
    }

    @Test
    void anUpdateRenewsOrEndsTheDeadline() {
        var store = open(Options.DEFAULT);
        var renewed = createdFor(store, pod("renewed"), "x", Duration.ofMinutes(10));
        var freed = createdFor(store, pod("freed"), "x", Duration.ofMinutes(10));
        store.write(
                Write.update(pod("renewed"), renewed.revision(), draft("y"))
                        .expiringAfter(Duration.ofMinutes(30)));
        updated(store, pod("freed"), freed.revision(), "y");

        clock.advance(Duration.ofMinutes(29));
        store.expire();
        assertThat(store.snapshot().count("pods", "")).isEqualTo(2);

        clock.advance(Duration.ofMinutes(1));
        store.expire();
        assertThat(store.snapshot().get(pod("renewed"))).isNull();
        assertThat(store.snapshot().get(pod("freed"))).isNotNull();
    }

    @Test
    void deadlinesSurviveARestartFromTheLogAndFromASnapshot() {
        var store = open(Options.DEFAULT);
        createdFor(store, pod("a"), "from-snapshot", Duration.ofHours(1));
        store.saveSnapshot();
        createdFor(store, pod("b"), "from-log", Duration.ofHours(1));
        store.saveSnapshot();
        store.close();

        var again = open(Options.DEFAULT);
        assertThat(again.stats().expiring()).isEqualTo(2);
        clock.advance(Duration.ofHours(1));
        again.expire();

        assertThat(again.snapshot().count("pods", "")).isZero();
        var events = drain(again.watch("pods", again.compactedRevision(), () -> {}));
        assertThat(text(events.getLast().entry()))
                .isEqualTo(json(again.snapshot().revision(), "from-log"));
    }

    @Test
    void runsAgainWhenTheNextObjectIsDue() throws Exception {
        var store = open(Options.DEFAULT);
        createdFor(store, pod("a"), "x", Duration.ofMillis(300));

        assertThat(store.upkeep().runOnce()).isEqualTo(Loop.Next.at(clock.now().plusMillis(300)));
    }

    @Test
    void forgetsHistoryByAge() {
        var store = open(Options.DEFAULT);
        var loops = new SimulatedLoops(clock, 1);
        loops.start("upkeep", store.upkeep());
        var first = created(store, pod("a"), "one");
        loops.advance(Duration.ofMinutes(4));
        var second = updated(store, pod("a"), first.revision(), "two");
        loops.advance(Duration.ofMinutes(3));

        assertThat(store.compactedRevision()).isEqualTo(first.revision());
        assertThat(store.snapshotAt(first.revision()).get(pod("a"))).isEqualTo(first);
        assertThatThrownBy(() -> store.snapshotAt(first.revision() - 1))
                .isInstanceOf(CompactedException.class);
        loops.advance(Duration.ofMinutes(3));
        assertThat(store.compactedRevision()).isEqualTo(second.revision());
        assertThat(store.stats().historyEvents()).isZero();
        assertThat(store.stats().historyBytes()).isZero();
    }

    @Test
    void forgetsHistoryByCountAndBytes() throws Exception {
        var limits = new Limits(Duration.ofDays(1), 3_000, Long.MAX_VALUE);
        var store = open(Options.DEFAULT.withHistory(limits));
        for (var i = 0; i < 10_000; i++) {
            created(store, pod("p" + i), "x");
        }
        store.upkeep().runOnce();

        assertThat(store.stats().historyEvents()).isBetween(2_000L, 3_000L);
        assertThat(store.compactedRevision()).isBetween(7_000L, 8_000L);
    }

    /// A hundred nodes renew their leases every ten seconds; half a day of it leaves a small disk.
    @Test
    void heartbeatsDoNotGrowTheDisk() throws Exception {
        var limit = 200_000L;
        var store = open(Options.DEFAULT.withSnapshotAfterBytes(limit));
        var revisions = new long[100];
        for (var i = 0; i < 100; i++) {
            revisions[i] = created(store, lease(i), "start").revision();
        }
        for (var beat = 0; beat < 300; beat++) {
            for (var i = 0; i < 100; i++) {
                revisions[i] = updated(store, lease(i), revisions[i], "b" + beat).revision();
            }
            clock.advance(Duration.ofSeconds(10));
            store.upkeep().runOnce();
        }

        var total = 0L;
        for (var name : disk.list()) {
            total += disk.bytes(name).length;
        }
        assertThat(total).isLessThan(4 * limit);
        assertThat(store.stats().historyEvents()).isLessThan(100 * 33);
    }

    private static Key lease(int node) {
        return new Key("leases.coordination.k8s.io", "kube-node-lease", "node-" + node);
    }
}
