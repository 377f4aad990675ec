package io.coxswain.storage;

import static io.coxswain.storage.Samples.created;
import static io.coxswain.storage.Samples.deleted;
import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.json;
import static io.coxswain.storage.Samples.list;
import static io.coxswain.storage.Samples.pod;
import static io.coxswain.storage.Samples.text;
import static io.coxswain.storage.Samples.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.storage.Write.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every engine promises. A subclass says how to open an empty store.
public abstract class StoreContract {

    /// A store with nothing in it; closed after the test.
    protected abstract Store open() throws Exception;

    protected Store store;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void createsWhatIsNotThere() {
        var before = store.snapshot().revision();

        var entry = created(store, pod("a"), "one");

        assertThat(entry.revision()).isGreaterThan(before);
        assertThat(text(entry)).isEqualTo(json(entry.revision(), "one"));
        assertThat(store.snapshot().get(pod("a"))).isEqualTo(entry);
        assertThat(store.snapshot().revision()).isEqualTo(entry.revision());
        assertThat(entry.header()).isEqualTo(draft("one").header());
    }

    @Test
    void doesNotCreateWhatIsThere() {
        var first = created(store, pod("a"), "one");

        var outcome = store.write(Write.create(pod("a"), draft("two")));

        assertThat(outcome).isEqualTo(new Outcome.Conflict(first));
        assertThat(store.snapshot().revision()).isEqualTo(first.revision());
    }

    @Test
    void updatesOnlyTheExpectedRevision() {
        var first = created(store, pod("a"), "one");
        var second = updated(store, pod("a"), first.revision(), "two");

        var late = store.write(Write.update(pod("a"), first.revision(), draft("three")));

        assertThat(late).isEqualTo(new Outcome.Conflict(second));
        assertThat(text(second)).isEqualTo(json(second.revision(), "two"));
    }

    @Test
    void doesNotUpdateOrDeleteWhatIsGone() {
        var first = created(store, pod("a"), "one");
        deleted(store, pod("a"), first.revision(), "one");

        assertThat(store.write(Write.update(pod("a"), first.revision(), draft("two"))))
                .isEqualTo(new Outcome.Conflict(null));
        assertThat(store.write(Write.delete(pod("a"), first.revision(), draft("two"))))
                .isEqualTo(new Outcome.Conflict(null));
        assertThat(store.write(Write.delete(pod("a"), Write.ABSENT, draft("two"))))
                .isEqualTo(new Outcome.Conflict(null));
    }

    @Test
    void aDeletionTakesARevisionAndShowsTheLastState() {
        var first = created(store, pod("a"), "one");
        var watch = store.watch("pods", first.revision(), StoreContract::nobody);

        var last = deleted(store, pod("a"), first.revision(), "one");

        assertThat(last.revision()).isGreaterThan(first.revision());
        assertThat(text(last)).isEqualTo(json(last.revision(), "one"));
        assertThat(store.snapshot().get(pod("a"))).isNull();
        assertThat(drain(watch)).containsExactly(new Event(last, first, true));
    }

    @Test
    void keepsBytesWithoutAGapAsTheyAre() {
        var bytes = new byte[] {0, 1, (byte) 0xFF, '"'};

        var outcome = store.write(Write.create(pod("a"), new Draft(Header.EMPTY, bytes, -1)));

        assertThat(Samples.written(outcome).bytes()).isEqualTo(bytes);
    }

    @Test
    void listsInOrderOfNamespaceAndName() {
        for (var place : List.of("b/x", "a/z", "a/a", "ab/a", "c/c")) {
            created(store, key(place), place);
        }
        created(store, new Key("nodes", "", "a"), "node");
        var snapshot = store.snapshot();

        assertThat(list(snapshot, "pods", "").stream().map(Entry::key))
                .containsExactly(key("a/a"), key("a/z"), key("ab/a"), key("b/x"), key("c/c"));
        assertThat(list(snapshot, "pods", "a").stream().map(Entry::key))
                .containsExactly(key("a/a"), key("a/z"));
        assertThat(list(snapshot, "pods", "a", key("a/a")).stream().map(Entry::key))
                .containsExactly(key("a/z"));
        assertThat(list(snapshot, "pods", "", key("ab/0")).stream().map(Entry::key))
                .containsExactly(key("ab/a"), key("b/x"), key("c/c"));
        assertThat(list(snapshot, "pods", "a", key("b/x"))).isEmpty();
        assertThat(list(snapshot, "pods", "b", key("a/a"))).hasSize(1);
        assertThat(list(snapshot, "pods", "none")).isEmpty();
        assertThat(list(snapshot, "services", "")).isEmpty();
        assertThat(snapshot.count("pods", "")).isEqualTo(5);
        assertThat(snapshot.count("pods", "a")).isEqualTo(2);
        assertThat(snapshot.count("pods", "none")).isZero();
        assertThat(snapshot.count("pods", "", key("ab/0"))).isEqualTo(3);
        assertThat(snapshot.count("pods", "a", key("a/a"))).isEqualTo(1);
        assertThat(snapshot.count("pods", "a", key("b/x"))).isZero();
        assertThat(snapshot.count("pods", "b", key("a/a"))).isEqualTo(1);
        assertThat(snapshot.count("nodes", "")).isEqualTo(1);
    }

    @Test
    void aSnapshotDoesNotChange() {
        var first = created(store, pod("a"), "one");
        var snapshot = store.snapshot();

        updated(store, pod("a"), first.revision(), "two");
        created(store, pod("b"), "one");

        assertThat(list(snapshot, "pods", "")).containsExactly(first);
        assertThat(snapshot.revision()).isEqualTo(first.revision());
    }

    @Test
    void showsEveryPastStateThatWasNotCompacted() {
        var random = new Random(7);
        var states = new TreeMap<Long, List<Entry>>();
        states.put(store.snapshot().revision(), list(store.snapshot(), "pods", ""));
        for (var i = 0; i < 300; i++) {
            changeSomething(random, 20);
            states.put(store.snapshot().revision(), list(store.snapshot(), "pods", ""));
        }

        states.forEach((revision, state) ->
                assertThat(list(store.snapshotAt(revision), "pods", "")).isEqualTo(state));
    }

    @Test
    void aPastStateHasThePastVersions() {
        var first = created(store, pod("a"), "one");
        updated(store, pod("a"), first.revision(), "two");

        var past = store.snapshotAt(first.revision()).get(pod("a"));

        assertThat(past).isNotNull();
        assertThat(text(past)).isEqualTo(json(first.revision(), "one"));
    }

    @Test
    void thereIsNoFutureState() {
        var next = store.snapshot().revision() + 1;

        assertThatThrownBy(() -> store.snapshotAt(next))
                .isInstanceOf(FutureRevisionException.class);
        assertThatThrownBy(() -> store.watch("pods", next, StoreContract::nobody))
                .isInstanceOf(FutureRevisionException.class);
    }

    @Test
    void aWatchShowsEveryChangeOfItsResourceInOrder() {
        var start = store.snapshot().revision();
        var watch = store.watch("pods", start, StoreContract::nobody);
        var first = created(store, pod("a"), "one");
        created(store, new Key("nodes", "", "n"), "node");
        var second = updated(store, pod("a"), first.revision(), "two");
        var last = deleted(store, pod("a"), second.revision(), "two");

        assertThat(watch.poll(1)).containsExactly(new Event(first, null, false));
        assertThat(watch.revision()).isEqualTo(first.revision());
        assertThat(watch.poll(10))
                .containsExactly(new Event(second, first, false), new Event(last, second, true));
        assertThat(watch.poll(10)).isEmpty();
    }

    @Test
    void aWatchResumesAtAnyRevision() {
        var start = store.snapshot().revision();
        var random = new Random(3);
        for (var i = 0; i < 300; i++) {
            changeSomething(random, 10);
        }
        var all = drain(store.watch("pods", start, StoreContract::nobody));

        for (var i = 0; i < all.size(); i += 13) {
            var resumed = store.watch("pods", all.get(i).revision(), StoreContract::nobody);
            assertThat(drain(resumed)).isEqualTo(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void aWatchAtItsEndClaimsTheRevisionOfTheWholeStore() {
        var watch = store.watch("pods", store.snapshot().revision(), StoreContract::nobody);

        var other = created(store, new Key("nodes", "", "n"), "node");

        assertThat(watch.poll(10)).isEmpty();
        assertThat(watch.revision()).isEqualTo(other.revision());
    }

    @Test
    void aWatchIsWokenByChangesOfItsResourceUntilItIsClosed() {
        var woken = new AtomicInteger();
        var watch = store.watch("pods", store.snapshot().revision(), woken::incrementAndGet);

        created(store, pod("a"), "one");
        assertThat(woken.get()).isPositive();

        watch.close();
        var before = woken.get();
        created(store, pod("b"), "one");
        assertThat(woken.get()).isEqualTo(before);
    }

    @Test
    void aFaultyWakeUpHurtsNobody() {
        store.watch(
                "pods",
                store.snapshot().revision(),
                () -> {
                    throw new IllegalStateException("a wake-up that fails on purpose");
                });

        assertThat(created(store, pod("a"), "one").revision()).isPositive();
    }

    @Test
    void compactionForgetsThePastButNotThePresent() {
        var start = store.snapshot().revision();
        var first = created(store, pod("a"), "one");
        var second = created(store, pod("b"), "two");
        var third = created(store, pod("c"), "three");

        store.compact(second.revision());

        assertThat(store.compactedRevision()).isEqualTo(second.revision());
        assertThat(list(store.snapshot(), "pods", "")).containsExactly(first, second, third);
        assertThat(list(store.snapshotAt(second.revision()), "pods", ""))
                .containsExactly(first, second);
        assertThat(drain(store.watch("pods", second.revision(), StoreContract::nobody)))
                .containsExactly(new Event(third, null, false));
        assertThatThrownBy(() -> store.snapshotAt(first.revision()))
                .isInstanceOfSatisfying(
                        CompactedException.class,
                        fault ->
                                assertThat(fault.compactedRevision()).isEqualTo(second.revision()));
        assertThatThrownBy(() -> store.watch("pods", start, StoreContract::nobody))
                .isInstanceOf(CompactedException.class);
    }

    @Test
    void compactionTwiceOrBackwardsDoesNothing() {
        created(store, pod("a"), "one");
        var second = created(store, pod("b"), "two");

        store.compact(second.revision());
        store.compact(second.revision());
        store.compact(second.revision() - 1);

        assertThat(store.compactedRevision()).isEqualTo(second.revision());
        assertThatThrownBy(() -> store.compact(second.revision() + 1))
                .isInstanceOf(FutureRevisionException.class);
    }

    @Test
    void compactionEndsAWatchThatHasMissedSomething() {
        var watch = store.watch("pods", store.snapshot().revision(), StoreContract::nobody);
        created(store, pod("a"), "one");
        var second = created(store, pod("b"), "two");
        created(store, pod("c"), "three");

        store.compact(second.revision());

        assertThatThrownBy(() -> watch.poll(10)).isInstanceOf(CompactedException.class);
    }

    @Test
    void compactionDoesNotDisturbAWatchThatHasSeenEverything() {
        var watch = store.watch("pods", store.snapshot().revision(), StoreContract::nobody);
        created(store, pod("a"), "one");
        drain(watch);
        var idle = store.watch("services", store.snapshot().revision(), StoreContract::nobody);
        for (var i = 0; i < 5; i++) {
            created(store, new Key("nodes", "", "n" + i), "node");
        }
        store.compact(store.snapshot().revision());
        var after = created(store, pod("b"), "two");
        var service = created(store, new Key("services", "default", "s"), "s");

        assertThat(drain(watch)).containsExactly(new Event(after, null, false));
        assertThat(drain(idle)).containsExactly(new Event(service, null, false));
    }

    @Test
    void manyWritersGetOneOrder() throws Exception {
        var start = store.snapshot().revision();
        var watch = store.watch("pods", start, StoreContract::nobody);
        var writers = 16;
        var rounds = 30;
        var ready = new CountDownLatch(writers);
        var wins = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (var w = 0; w < writers; w++) {
            var random = new Random(w);
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                ready.countDown();
                                for (var i = 0; i < rounds; i++) {
                                    wins.addAndGet(changeSomething(random, 12));
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }

        var events = drain(watch);
        assertThat(events).hasSize(wins.get());
        var state = new TreeMap<Key, Entry>();
        var previous = start;
        for (var event : events) {
            assertThat(event.revision()).isGreaterThan(previous);
            assertThat(event.previous()).isEqualTo(state.get(event.entry().key()));
            previous = event.revision();
            if (event.deleted()) {
                state.remove(event.entry().key());
            } else {
                state.put(event.entry().key(), event.entry());
            }
        }
        assertThat(list(store.snapshot(), "pods", "")).containsExactlyElementsOf(state.values());
    }

    @Test
    void aWatchBesideWritersMissesNothing() throws Exception {
        var start = store.snapshot().revision();
        var seen = new ArrayList<Long>();
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            for (var i = 0; i < 300; i++) {
                                created(store, pod("p" + i), "x");
                            }
                        });
        try (var watch = store.watch("pods", start, StoreContract::nobody)) {
            while (seen.size() < 300) {
                var claimed = watch.revision();
                for (var event : watch.poll(3)) {
                    assertThat(event.revision()).isGreaterThan(claimed);
                    assertThat(store.snapshot().get(event.entry().key())).isNotNull();
                    seen.add(event.revision());
                    claimed = event.revision();
                }
                Thread.onSpinWait();
            }
        }
        writer.join();
        assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(300);
    }

    /// Creates, updates or deletes one of `names` pods. Returns 1 if that succeeded.
    private int changeSomething(Random random, int names) {
        var key = pod("p" + random.nextInt(names));
        var current = store.snapshot().get(key);
        var draft = draft("t" + random.nextInt(1000));
        var write =
                current == null
                        ? Write.create(key, draft)
                        : random.nextInt(3) == 0
                                ? Write.delete(key, current.revision(), draft)
                                : Write.update(key, current.revision(), draft);
        return store.write(write) instanceof Outcome.Written ? 1 : 0;
    }

    private static void nobody() {}

    private static Key key(String place) {
        var parts = place.split("/");
        return new Key("pods", parts[0], parts[1]);
    }
}
