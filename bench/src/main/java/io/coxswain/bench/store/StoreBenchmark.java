package io.coxswain.bench.store;

import io.coxswain.base.Clock;
import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Folder;
import io.coxswain.bench.Settings;
import io.coxswain.storage.Key;
import io.coxswain.storage.embedded.EmbeddedStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `./cox bench store`: the embedded store by itself. What is compared takes turns, a second each,
/// and the medians count: other work on the machine then hurts all alike.
public final class StoreBenchmark implements Benchmark {

    private static final Clock CLOCK = Clock.SYSTEM;
    private static final int[] WRITERS = {1, 16, 64, 256};
    private static final Duration TURN = Duration.ofMillis(700);
    private static final int LISTED = 10_000;
    private static final int LISTS = 301;

    @Override
    public List<Figure> run() throws Exception {
        return run(Settings.NONE);
    }

    @Override
    public List<Figure> run(Settings settings) throws Exception {
        var turns = settings.number("turns", 7);
        var parts = List.of(settings.text("parts", "puts,list,delays,million").split(",", -1));
        var figures = new ArrayList<Figure>();
        try (var folder = Folder.temporary("cox-store")) {
            if (parts.contains("puts")) {
                figures.addAll(puts(folder.path(), turns));
            }
            if (parts.contains("list")) {
                figures.add(list(folder.path().resolve("listed")));
            }
            if (parts.contains("delays")) {
                figures.add(Delays.events(folder.path().resolve("watched")));
                figures.addAll(Delays.stalls(folder.path().resolve("stalled")));
            }
        }
        if (parts.contains("million")) {
            figures.addAll(Million.measure());
        }
        return figures;
    }

    /// What took turns, in puts a second.
    private record Turn(double raw, double store, double etcd) {}

    private static List<Figure> puts(Path folder, int turns) throws Exception {
        var figures = new ArrayList<Figure>();
        Files.createDirectories(folder);
        try (var etcd = Etcd.start(folder.resolve("etcd"));
                var store = EmbeddedStore.open(folder.resolve("puts"), CLOCK)) {
            var upkeep = upkeep(store);
            turn(folder, store, etcd, 64);
            for (var writers : WRITERS) {
                var all = new ArrayList<Turn>();
                for (var i = 0; i < turns; i++) {
                    all.add(turn(folder, store, etcd, writers));
                }
                figures.add(figure(writers, all));
            }
            upkeep.interrupt();
            upkeep.join();
        }
        return figures;
    }

    private static Turn turn(Path folder, EmbeddedStore store, Etcd etcd, int writers)
            throws Exception {
        var value = Samples.filled(Puts.VALUE_BYTES);
        var raw = RawDisk.perSecond(folder.resolve("raw"), writers, TURN);
        var own =
                Puts.perSecond(
                        writers, TURN, (writer, number) -> Samples.put(store, key(writer, number)));
        var other =
                Puts.perSecond(
                        writers,
                        TURN,
                        (writer, number) ->
                                etcd.put(writer, key(writer, number).toString(), value));
        return new Turn(raw, own, other);
    }

    private static Key key(int writer, int number) {
        return new Key("configmaps", "default", "w" + writer + "-" + number);
    }

    private static Figure figure(int writers, List<Turn> turns) {
        var raw = median(turns.stream().map(Turn::raw).toList());
        var store = median(turns.stream().map(Turn::store).toList());
        var etcd = median(turns.stream().map(Turn::etcd).toList());
        var ofRaw = median(turns.stream().map(turn -> turn.store() / turn.raw()).toList());
        var ofEtcd = median(turns.stream().map(turn -> turn.store() / turn.etcd()).toList());
        return new Figure(
                "durable puts of 1 KB, %d writers: here, disk, etcd".formatted(writers),
                "%,.0f/s, %,.0f/s, %,.0f/s: %.0f %% of the disk, %.1f x etcd"
                        .formatted(store, raw, etcd, 100 * ofRaw, ofEtcd));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// As a server does it: snapshots and compaction happen while it is measured.
    private static Thread upkeep(EmbeddedStore store) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (!Thread.currentThread().isInterrupted()) {
                            store.upkeep().runOnce();
                            CLOCK.pause(Duration.ofSeconds(1));
                        }
                    } catch (Exception fault) {
                        throw new IllegalStateException(fault);
                    }
                });
    }

    private static Figure list(Path directory) throws Exception {
        try (var store = EmbeddedStore.open(directory, CLOCK)) {
            Samples.fill(store, LISTED, 2 * Puts.VALUE_BYTES);
            var times = new ArrayList<Double>();
            for (var i = 0; i < LISTS; i++) {
                var began = CLOCK.nanos();
                var bytes = 0L;
                var count = 0;
                for (var all = store.snapshot().list("pods", "", null); all.hasNext(); count++) {
                    bytes += all.next().bytes().length;
                }
                times.add((CLOCK.nanos() - began) / 1e6);
                Benchmark.check(count == LISTED && bytes > 0, "listed " + count);
            }
            return new Figure(
                    "consistent list of 10,000 pods, before encoding, median",
                    "%.2f ms".formatted(median(times)));
        }
    }
}
