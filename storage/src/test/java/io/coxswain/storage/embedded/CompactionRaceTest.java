package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Key;
import io.coxswain.storage.Samples;
import io.coxswain.storage.Write;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Readers of the past race with a writer and with compaction: they see exactly what was, or are
/// told that it is gone.
class CompactionRaceTest {

    private static final int WRITES = 40_000;

    private final EmbeddedStore store = EmbeddedStore.inMemory(Clock.SYSTEM);
    private final AtomicBoolean written = new AtomicBoolean();

    /// Odd revisions create an object, the even one after each updates it.
    private Void write() {
        for (var revision = 1; revision <= WRITES; revision += 2) {
            var key = object(revision);
            store.write(Write.create(key, draft("x")));
            store.write(Write.update(key, revision, draft("y")));
        }
        written.set(true);
        return null;
    }

    private Void compact() {
        var random = new Random(1);
        while (!written.get()) {
            var revision = store.snapshot().revision();
            store.compact(Math.max(0, revision - random.nextInt(500)));
        }
        return null;
    }

    private Integer readThePast() {
        var random = new Random(2);
        var seen = 0;
        while (!written.get()) {
            var revision = someRevision(random);
            try {
                var past = store.snapshotAt(revision);
                assertThat(past.revision()).isEqualTo(revision);
                assertThat(past.count("pods", "")).isEqualTo((int) ((revision + 1) / 2));
                if (revision > 0) {
                    var newest = past.get(object(revision));
                    assertThat(newest).isNotNull();
                    assertThat(newest.revision()).isEqualTo(revision);
                }
                seen++;
            } catch (CompactedException gone) {
                assertThat(store.compactedRevision()).isGreaterThan(revision);
            }
        }
        return seen;
    }

    private Integer watchFromThePast() {
        var random = new Random(3);
        var seen = 0;
        while (!written.get()) {
            var last = someRevision(random);
            try (var watch = store.watch("pods", last, () -> {})) {
                for (var polls = 0; polls < 50; polls++) {
                    for (var event : watch.poll(20)) {
                        assertThat(event.revision()).isEqualTo(last + 1);
                        assertThat(event.entry().key()).isEqualTo(object(event.revision()));
                        last++;
                        seen++;
                    }
                    assertThat(watch.revision()).isGreaterThanOrEqualTo(last);
                }
            } catch (CompactedException gone) {
                assertThat(store.compactedRevision()).isGreaterThan(last);
            }
        }
        return seen;
    }

    @Test
    void thePastIsRightOrGone() throws Exception {
        var past = start(this::readThePast);
        var watch = start(this::watchFromThePast);
        var compaction = start(this::compact);
        var writer = start(this::write);

        for (var task : List.of(writer, compaction, past, watch)) {
            result(task);
        }
        assertThat(past.get()).isPositive();
        assertThat(watch.get()).isPositive();
        assertThat(Samples.list(store.snapshot(), "pods", ""))
                .extracting(Entry::revision)
                .allMatch(revision -> revision % 2 == 0)
                .hasSize(WRITES / 2);
    }

    private static Object result(FutureTask<?> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException fault) {
            throw new AssertionError(fault.getCause());
        }
    }

    private <T> FutureTask<T> start(Callable<T> work) {
        var task =
                new FutureTask<T>(() -> {
                    try {
                        return work.call();
                    } finally {
                        written.set(true);
                    }
                });
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private long someRevision(Random random) {
        return Math.max(0, store.snapshot().revision() - random.nextInt(600));
    }

    private static Key object(long revision) {
        return pod("p" + (revision + 1) / 2);
    }
}
