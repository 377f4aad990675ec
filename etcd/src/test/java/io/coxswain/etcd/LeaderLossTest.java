package io.coxswain.etcd;

import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.etcd.local.LocalEtcd;
import io.coxswain.storage.Event;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.Write.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three members of which one after another is killed or hangs, under load from two servers.
@Tag("real")
class LeaderLossTest {

    private static final int WRITERS = 8;

    @TempDir Path directory;

    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger doubtful = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void nothingAcknowledgedIsLostWhenMembersDie() throws Exception {
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var etcd = LocalEtcd.start(directory, 3);
                var one = open(etcd, loops);
                var other = open(etcd, loops)) {
            var start = one.fresh().revision();
            var watch = other.watch("pods", start, () -> {});
            var events = new ArrayList<Event>();
            var writers = new ArrayList<Thread>();
            for (var w = 0; w < WRITERS; w++) {
                var name = "w" + w;
                var store = w % 2 == 0 ? one : other;
                writers.add(Thread.ofVirtual().start(() -> load(store, name)));
            }
            for (var round = 0; round < 2; round++) {
                for (var member = 0; member < etcd.size(); member++) {
                    Clock.SYSTEM.pause(Duration.ofMillis(700));
                    disturb(etcd, member, round == 0);
                    events.addAll(watch.poll(Integer.MAX_VALUE));
                }
            }
            Clock.SYSTEM.pause(Duration.ofSeconds(1));
            over.set(true);
            for (var writer : writers) {
                writer.join(Duration.ofSeconds(40));
            }
            events.addAll(caughtUp(watch, other.fresh().revision()));
            check(one, events);
        }
    }

    private static List<Event> caughtUp(io.coxswain.storage.Watch watch, long revision) {
        var events = new ArrayList<Event>();
        while (watch.revision() < revision) {
            events.addAll(watch.poll(1_000));
        }
        return events;
    }

    @Test
    void withoutAMajorityReadsFromMemoryGoOnAndOthersFail() throws Exception {
        try (var loops = new ThreadLoops(Clock.SYSTEM);
                var etcd = LocalEtcd.start(directory, 3);
                var store = open(etcd, loops)) {
            store.write(Write.create(pod("a"), draft("one")));
            etcd.kill(1);
            etcd.kill(2);

            assertThat(store.snapshot().get(pod("a"))).isNotNull();
            assertThatThrownBy(store::fresh).isInstanceOf(StoreException.class);

            etcd.begin(1);
            etcd.begin(2);
            assertThat(store.write(Write.create(pod("b"), draft("two"))))
                    .isInstanceOf(Outcome.Written.class);
            assertThat(store.fresh().get(pod("b"))).isNotNull();
        }
    }

    private static EtcdStore open(LocalEtcd etcd, ThreadLoops loops) {
        return EtcdStore.open(EtcdOptions.of(etcd.servers()), new PlainLayout(), loops);
    }

    private static void disturb(LocalEtcd etcd, int member, boolean kill) throws IOException {
        if (kill) {
            etcd.kill(member);
            Clock.SYSTEM.pause(Duration.ofMillis(500));
            etcd.begin(member);
        } else {
            etcd.pause(member, true);
            Clock.SYSTEM.pause(Duration.ofMillis(2_500));
            etcd.pause(member, false);
        }
        Clock.SYSTEM.pause(Duration.ofMillis(1_500));
    }

    /// Counts one object of its own up; each step expects the one before.
    private void load(Store store, String name) {
        var step = 0;
        while (!over.get()) {
            var current = store.snapshot().get(pod(name));
            var expected = current == null ? Write.ABSENT : current.revision();
            var text = name + "-" + step++;
            var write = new Write(pod(name), expected, draft(text), false, null);
            try {
                if (store.write(write) instanceof Outcome.Written(var entry)) {
                    acknowledged.put(text, entry.revision());
                }
            } catch (StoreException e) {
                doubtful.incrementAndGet();
            }
        }
    }

    private void check(Store store, List<Event> events) {
        var previous = 0L;
        var latest = new java.util.HashMap<io.coxswain.storage.Key, Long>();
        var seen = new java.util.HashMap<String, Long>();
        for (var event : events) {
            assertThat(event.revision()).isGreaterThan(previous);
            previous = event.revision();
            var before = event.previous();
            assertThat(before == null ? null : before.revision())
                    .isEqualTo(latest.put(event.entry().key(), event.revision()));
            assertThat(seen.put(event.entry().header().labels().get("app"), event.revision()))
                    .as("each write happens once")
                    .isNull();
        }
        System.out.printf(
                "%d writes acknowledged, %d in doubt%n", acknowledged.size(), doubtful.get());
        assertThat(acknowledged).hasSizeGreaterThan(100);
        assertThat(seen).containsAllEntriesOf(acknowledged);
        latest.forEach((key, revision) ->
                assertThat(store.fresh().get(key))
                        .isNotNull()
                        .extracting(io.coxswain.storage.Entry::revision)
                        .isEqualTo(revision));
    }
}
