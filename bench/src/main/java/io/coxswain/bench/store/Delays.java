package io.coxswain.bench.store;

import io.coxswain.base.Clock;
import io.coxswain.bench.Benchmark;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.disk.ForwardingDisk;
import io.coxswain.storage.embedded.EmbeddedStore;
import io.coxswain.storage.embedded.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// How long others wait: a watcher for the event of a write that is durable, and writers while a
/// snapshot is written beside them.
final class Delays {

    private static final Clock CLOCK = Clock.SYSTEM;
    private static final int EVENTS = 4_000;
    private static final int WARM_UP = 2_000;
    private static final int STORED = 100_000;
    private static final int WRITERS = 16;
    private static final Duration STALLS_SEEN = Duration.ofSeconds(6);

    private Delays() {}

    static Benchmark.Figure events(Path directory) throws Exception {
        var forced = new AtomicLong();
        var disk = new WatchedDisk(new FileDisk(directory), forced);
        var delays = new long[EVENTS];
        try (var store = EmbeddedStore.open(disk, CLOCK, Options.DEFAULT)) {
            var polled = new AtomicLong();
            var watcher = new Thread[1];
            var watch = store.watch("pods", 0, () -> LockSupport.unpark(watcher[0]));
            watcher[0] =
                    Thread.ofPlatform()
                            .daemon()
                            .unstarted(() -> {
                                for (var seen = 0; seen < EVENTS; ) {
                                    var events = watch.poll(100);
                                    if (events.isEmpty()) {
                                        LockSupport.park(watch);
                                        continue;
                                    }
                                    delays[seen] = CLOCK.nanos() - forced.get();
                                    seen += events.size();
                                    polled.set(seen);
                                }
                            });
            watcher[0].start();
            for (var i = 0; i < EVENTS; i++) {
                Samples.put(store, Samples.pod(i % 100));
                while (polled.get() <= i) {
                    Thread.onSpinWait();
                }
            }
            watcher[0].join();
        }
        var steady = Arrays.copyOfRange(delays, WARM_UP, EVENTS);
        Arrays.sort(steady);
        return new Benchmark.Figure(
                "event at a watcher after its write was forced, p50 / p99",
                "%.1f / %.1f µs".formatted(at(steady, 0.5) / 1e3, at(steady, 0.99) / 1e3));
    }

    /// The same writers, without and with snapshots of 100 MB written one after the other.
    static List<Benchmark.Figure> stalls(Path directory) throws Exception {
        var options = Options.DEFAULT.withSnapshotAfterBytes(Long.MAX_VALUE);
        try (var store = EmbeddedStore.open(new FileDisk(directory), CLOCK, options)) {
            Samples.fill(store, STORED, Puts.VALUE_BYTES);
            var alone = latencies(store);
            var over = new AtomicBoolean();
            var snapshots = new AtomicLong();
            var snapshotter =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (!over.get()) {
                                    store.saveSnapshot();
                                    snapshots.incrementAndGet();
                                }
                            });
            var beside = latencies(store);
            over.set(true);
            snapshotter.join();
            return List.of(
                    figure("without a snapshot", alone),
                    figure("beside %d snapshots of 100 MB".formatted(snapshots.get()), beside));
        }
    }

    private static Benchmark.Figure figure(String when, long[] sorted) {
        return new Benchmark.Figure(
                "put by 16 writers " + when + ", p50 / p99 / longest",
                "%.2f / %.2f / %.1f ms"
                        .formatted(
                                at(sorted, 0.5) / 1e6,
                                at(sorted, 0.99) / 1e6,
                                sorted[sorted.length - 1] / 1e6));
    }

    private static long[] latencies(EmbeddedStore store) throws Exception {
        var all = new ArrayList<Long>();
        Puts.perSecond(
                WRITERS,
                STALLS_SEEN,
                (writer, number) -> {
                    var began = CLOCK.nanos();
                    Samples.put(store, Samples.pod(writer * 1_000 + number));
                    var took = CLOCK.nanos() - began;
                    synchronized (all) {
                        all.add(took);
                    }
                });
        return all.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static long at(long[] sorted, double part) {
        return sorted[(int) (sorted.length * part)];
    }

    /// Remembers when the log was last forced.
    private static final class WatchedDisk extends ForwardingDisk {
        private final AtomicLong forced;

        WatchedDisk(Disk disk, AtomicLong forced) {
            super(disk);
            this.forced = forced;
        }

        @Override
        protected OpenFile through(String name, OpenFile file) {
            return new ForwardingFile(file) {
                @Override
                public void force() throws IOException {
                    super.force();
                    forced.set(CLOCK.nanos());
                }
            };
        }
    }
}
