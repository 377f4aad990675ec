package io.coxswain.etcd;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.deleted;
import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.json;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static io.coxswain.storage.Samples.text;
import static io.coxswain.storage.Samples.updated;
import static io.coxswain.storage.Samples.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.etcd.local.LocalEtcd;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Event;
import io.coxswain.storage.Write;
import io.coxswain.storage.Write.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two servers on one etcd, and other programs beside them.
@Tag("real")
class SharedEtcdTest {

    @TempDir static Path directory;

    private static LocalEtcd etcd;
    private static int tests;

    private final ThreadLoops loops = new ThreadLoops(Clock.SYSTEM);
    private EtcdOptions options;
    private EtcdStore one;
    private EtcdStore other;

    @BeforeAll
    static void startEtcd() {
        etcd = LocalEtcd.start(directory, 1);
    }

    @AfterAll
    static void stopEtcd() {
        etcd.close();
    }

    @BeforeEach
    void openStores() {
        options =
                EtcdOptions.of(etcd.servers())
                        .withPrefix("/shared-" + ++tests)
                        .withCompactEvery(Duration.ZERO);
        one = open();
        other = open();
    }

    @AfterEach
    void closeStores() {
        one.close();
        other.close();
        loops.close();
    }

    private EtcdStore open() {
        return EtcdStore.open(options, new PlainLayout(), loops);
    }

    @Test
    void aConsistentReadSeesWhatAnotherServerAcknowledged() {
        for (var i = 0; i < 100; i++) {
            var entry = created(one, pod("p" + i), "x");

            var seen = other.fresh().get(pod("p" + i));

            assertThat(seen).isEqualTo(entry);
            assertThat(text(entry)).isEqualTo(json(entry.revision(), "x"));
        }
    }

    @Test
    void aConsistentReadDoesNotWaitForWhatIsKeptElsewhere() throws Exception {
        var entry = created(one, pod("a"), "x");
        assertThat(etcd.ctl("put", "/elsewhere", "1")).contains("OK");

        assertThat(other.fresh().revision()).isGreaterThan(entry.revision());
    }

    @Test
    void onlyOneOfTwoWritersWins() {
        var first = created(one, pod("a"), "one");
        var second = updated(other, pod("a"), first.revision(), "two");

        var late = one.write(Write.update(pod("a"), first.revision(), draft("three")));

        assertThat(late).isEqualTo(new Outcome.Conflict(second));
        assertThat(one.snapshot().get(pod("a"))).isEqualTo(second);
    }

    /// As a server does that does not know whether it has created something.
    @Test
    void creationsGoOnAfterAnotherServerHasRaisedTheFence() throws Exception {
        for (var i = 0; i < 3; i++) {
            assertThat(etcd.ctl("put", options.prefix() + "/coxswain/fence", "")).contains("OK");

            var entry = created(one, pod("p" + i), "x");

            assertThat(other.write(Write.create(pod("p" + i), draft("y"))))
                    .isEqualTo(new Outcome.Conflict(entry));
        }
    }

    @Test
    void aWatchShowsTheChangesOfAllServersAlike() {
        var start = one.fresh().revision();
        var first = created(one, pod("a"), "one");
        var second = updated(other, pod("a"), first.revision(), "two");
        var last = deleted(one, pod("a"), second.revision(), "two");
        other.fresh();

        for (var store : List.of(one, other)) {
            var events = drain(store.watch("pods", start, () -> {}));
            assertThat(events)
                    .containsExactly(
                            new Event(first, null, false),
                            new Event(second, first, false),
                            new Event(last, second, true));
            assertThat(text(events.getLast().entry())).isEqualTo(json(last.revision(), "two"));
        }
    }

    @Test
    void aRevisionGivenOutByAnotherServerIsWaitedFor() {
        var entry = created(one, pod("a"), "one");

        assertThat(list(other.snapshotAt(entry.revision()), "pods", "")).containsExactly(entry);
        assertThat(drain(other.watch("pods", entry.revision(), () -> {}))).isEmpty();
    }

    @Test
    void aServerThatStartsAgainKnowsTheRecentPast() {
        var start = one.fresh().revision();
        var first = created(one, pod("a"), "one");
        var second = updated(one, pod("a"), first.revision(), "two");

        try (var later = open()) {
            assertThat(drain(later.watch("pods", start, () -> {})))
                    .containsExactly(
                            new Event(first, null, false), new Event(second, first, false));
            assertThat(list(later.snapshotAt(first.revision()), "pods", "")).containsExactly(first);
        }
    }

    @Test
    void manyObjectsAreReadPageByPage() {
        var writers = new ArrayList<Thread>();
        for (var w = 0; w < 8; w++) {
            var from = w * 600;
            writers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (var i = from; i < from + 600; i++) {
                                    created(one, pod("p" + i), "x");
                                }
                            }));
        }
        writers.forEach(SharedEtcdTest::join);

        try (var later = open()) {
            assertThat(list(later.snapshot(), "pods", ""))
                    .isEqualTo(list(one.snapshot(), "pods", ""))
                    .hasSize(4_800);
        }
    }

    @Test
    void anObjectWithATimeToLiveIsDeletedByEtcd() throws Exception {
        var write = Write.create(pod("a"), draft("short")).expiringAfter(Duration.ofSeconds(1));
        var entry = written(one.write(write));
        var again = Write.create(pod("b"), draft("short")).expiringAfter(Duration.ofSeconds(1));
        one.write(again);
        var watch = other.watch("pods", entry.revision(), () -> {});

        var events = new ArrayList<Event>();
        for (var i = 0; i < 200 && events.size() < 3; i++) {
            Clock.SYSTEM.pause(Duration.ofMillis(50));
            events.addAll(watch.poll(10));
        }

        assertThat(events.stream().filter(Event::deleted)).hasSize(2);
        assertThat(text(events.getLast().entry()))
                .isEqualTo(json(events.getLast().revision(), "short"));
        assertThat(list(one.fresh(), "pods", "")).isEmpty();
    }

    @Test
    void whenEtcdHasForgottenWhatFollowsEveryWatchEnds() throws Exception {
        var first = created(one, pod("a"), "one");
        var watch = other.watch("pods", other.fresh().revision(), () -> {});
        other.suspend(true);
        var second = updated(one, pod("a"), first.revision(), "two");
        var third = created(one, pod("b"), "three");
        etcd.ctl("compact", Long.toString(third.revision()));

        other.suspend(false);

        assertThat(list(other.fresh(), "pods", "")).containsExactly(second, third);
        assertThatThrownBy(() -> watch.poll(10)).isInstanceOf(CompactedException.class);
        var again = other.watch("pods", other.snapshot().revision(), () -> {});
        var fourth = created(one, pod("c"), "four");
        other.fresh();
        assertThat(drain(again)).containsExactly(new Event(fourth, null, false));
    }

    @Test
    void whatCannotBeReadIsLeftOut() throws Exception {
        var entry = created(one, pod("a"), "one");
        etcd.ctl("put", options.prefix() + "/pods/default/broken", "?");

        assertThat(list(other.fresh(), "pods", "")).containsExactly(entry);
    }

    @Test
    void aFullEtcdStillReadsAndDeletes() throws Exception {
        try (var small =
                        LocalEtcd.start(
                                directory.resolve("small"), 1, "--quota-backend-bytes=300000");
                var store =
                        EtcdStore.open(EtcdOptions.of(small.servers()), new PlainLayout(), loops)) {
            var entry = created(store, pod("a"), "one");
            assertThatThrownBy(
                            () -> {
                                for (var i = 0; i < 100; i++) {
                                    created(store, pod("big" + i), "x".repeat(50_000));
                                }
                            })
                    .hasMessage("etcdserver: mvcc: database space exceeded");

            assertThat(store.fresh().get(pod("a"))).isEqualTo(entry);
            deleted(store, pod("a"), entry.revision(), "one");
            assertThat(store.fresh().get(pod("a"))).isNull();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
