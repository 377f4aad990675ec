package io.coxswain.bench.crash;

import io.coxswain.base.Clock;
import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Child;
import io.coxswain.bench.Folder;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.EmbeddedStore;
import io.coxswain.storage.embedded.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// How long a store takes to come back: half of its bytes in a snapshot, half in the log behind it,
/// objects of 2 KB as pods are. Another process measures, so that nothing is warm but the file
/// cache.
final class Recovery {

    private static final int VALUE_BYTES = 2_048;
    private static final int WRITERS = 64;
    private static final int RUNS = 3;
    private static final Options OPTIONS =
            Options.DEFAULT.withSnapshotAfterBytes(Long.MAX_VALUE).withQuotaBytes(Long.MAX_VALUE);

    private Recovery() {}

    static List<Benchmark.Figure> measure(int megabytes) throws Exception {
        try (var folder = Folder.temporary("cox-recovery")) {
            var log = folder.path().resolve("log");
            var store = folder.path().resolve("store");
            run(log, store, String.valueOf(megabytes));
            var bytes = size(store);
            var times = new ArrayList<Double>();
            for (var i = 0; i < RUNS; i++) {
                times.add(Double.parseDouble(run(log, store, "open")));
            }
            times.sort(null);
            var gigabytes = bytes / 1e9;
            return List.of(
                    new Benchmark.Figure(
                            "recovery of %.2f GB, half snapshot, half log, median of %d"
                                    .formatted(gigabytes, RUNS),
                            "%.2f s, %.2f s per GB"
                                    .formatted(times.get(1), times.get(1) / gigabytes)));
        }
    }

    private static String run(Path log, Path store, String what) throws Exception {
        var process = Child.start(Recovery.class, "5g", log, List.of(store.toString(), what));
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        var status = process.waitFor();
        Benchmark.check(status == 0, "the measuring process ended with " + status);
        return said.strip();
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    public static void main(String[] arguments) throws Exception {
        var disk = new FileDisk(Path.of(arguments[0]));
        if (arguments[1].equals("open")) {
            var began = Clock.SYSTEM.nanos();
            try (var _ = EmbeddedStore.open(disk, Clock.SYSTEM, OPTIONS)) {
                System.out.println(CrashBenchmark.seconds(began));
            }
            return;
        }
        var objects = (Integer.parseInt(arguments[1]) << 20) / VALUE_BYTES / 2;
        try (var store = EmbeddedStore.open(disk, Clock.SYSTEM, OPTIONS)) {
            fill(store, objects);
            store.saveSnapshot();
            fill(store, objects);
        }
        // Without the first segment, as if an older snapshot had made it superfluous.
        Files.delete(Path.of(arguments[0]).resolve("log-0000000001"));
    }

    /// Every object once, in an order that is not the key order.
    private static void fill(EmbeddedStore store, int objects) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var w = 0; w < WRITERS; w++) {
            var first = w;
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                for (var i = first; i < objects; i += WRITERS) {
                                    put(store, (int) (i * 7_919L % objects));
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private static void put(EmbeddedStore store, int number) {
        var key = new Key("pods", "namespace-" + number % 50, "web-" + number);
        var current = store.snapshot().get(key);
        var value = new byte[VALUE_BYTES];
        Arrays.fill(value, (byte) 'x');
        var labels = Map.of("app", "web", "pod-template-hash", "h" + number % 100);
        var header = new Header("uid-" + number, labels, Map.of("spec.nodeName", "n"), List.of());
        var expected = current == null ? Write.ABSENT : current.revision();
        store.write(Write.update(key, expected, new Draft(header, value, 20)));
    }
}
