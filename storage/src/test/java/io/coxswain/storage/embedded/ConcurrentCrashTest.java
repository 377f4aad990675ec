package io.coxswain.storage.embedded;

import static io.coxswain.storage.Samples.draft;
import static io.coxswain.storage.Samples.drain;
import static io.coxswain.storage.Samples.pod;
import static io.coxswain.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import io.coxswain.storage.Entry;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Many writers share frames while the power fails: each finds every write it was told of, and of
/// the one it was not told of all or nothing.
class ConcurrentCrashTest {

    private static final int WRITERS = 12;

    @Test
    void everyWriterFindsWhatItWasToldOf() throws Exception {
        var largestGroup = 0;
        for (var at = 1; at <= 120; at++) {
            largestGroup = Math.max(largestGroup, crashAt(at));
        }
        assertThat(largestGroup).isGreaterThan(2);
    }

    /// Returns how many writes the largest group had.
    private static int crashAt(int operation) throws Exception {
        var disk = new MemoryDisk();
        var store = EmbeddedStore.open(disk, Clock.SYSTEM, Options.DEFAULT);
        var operations = new AtomicInteger();
        disk.inject((done, file) -> {
            // Gives the others time to queue up behind this group.
            LockSupport.parkNanos(50_000);
            if (operations.incrementAndGet() >= operation) {
                throw new IOException("no power");
            }
        });
        var told = new ArrayList<List<Entry>>();
        var threads = new ArrayList<Thread>();
        for (var w = 0; w < WRITERS; w++) {
            var name = "w" + w + "-";
            var acknowledged = new ArrayList<Entry>();
            told.add(acknowledged);
            threads.add(Thread.ofVirtual().start(() -> writeUntilDark(store, name, acknowledged)));
        }
        for (var thread : threads) {
            thread.join();
        }

        var seen = store.snapshot();
        var after = disk.afterPowerFailure(new Random(operation));
        var again = EmbeddedStore.open(after, Clock.SYSTEM, Options.DEFAULT);
        var recovered = new HashMap<String, String>();
        for (var event : drain(again.watch("pods", 0, () -> {}))) {
            recovered.put(event.entry().key().name(), text(event.entry()));
        }
        assertThat(again.snapshot().revision()).isGreaterThanOrEqualTo(seen.revision());
        var doubtful = checkAll(told, recovered);
        assertThat(recovered).hasSize(told.stream().mapToInt(List::size).sum() + doubtful);
        var written = (int) store.stats().revision();
        return (int) (written / Math.max(1, store.stats().groups()));
    }

    /// Returns how many writes are there that nobody was told of.
    private static int checkAll(List<List<Entry>> told, Map<String, String> recovered) {
        var names = new HashSet<>(recovered.keySet());
        for (var acknowledged : told) {
            for (var entry : acknowledged) {
                assertThat(recovered).containsEntry(entry.key().name(), text(entry));
                names.remove(entry.key().name());
            }
        }
        var writers = new HashSet<String>();
        for (var name : names) {
            var writer = name.substring(0, name.indexOf('-'));
            assertThat(writers.add(writer)).as("one write in doubt for " + writer).isTrue();
        }
        return names.size();
    }

    private static void writeUntilDark(EmbeddedStore store, String name, List<Entry> told) {
        try {
            for (var i = 0; ; i++) {
                var write = Write.create(pod(name + i), draft("t" + i));
                told.add(((Write.Outcome.Written) store.write(write)).entry());
            }
        } catch (StoreException dark) {
            // Everything told before counts.
        }
    }
}
