package io.coxswain.bench.store;

import io.coxswain.base.Clock;
import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Child;
import io.coxswain.bench.Folder;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.EmbeddedStore;
import io.coxswain.storage.embedded.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// A million objects: how long they take to write and to load, and what each costs in memory. Other
/// processes do it, so that their heaps hold nothing else.
final class Million {

    private static final int COUNT = 1_000_000;
    private static final int VALUE_BYTES = 512;

    private Million() {}

    static List<Benchmark.Figure> measure() throws Exception {
        try (var folder = Folder.temporary("cox-million")) {
            var write = run(folder.path(), "write").split(" ", -1);
            var load = run(folder.path(), "load").split(" ", -1);
            return List.of(
                    new Benchmark.Figure(
                            "1,000,000 keys: durable writes by 128 writers; processor time",
                            write[0] + " s; " + write[1] + " s"),
                    new Benchmark.Figure(
                            "1,000,000 keys: load from disk; processor time",
                            load[0] + " s; " + load[1] + " s"),
                    new Benchmark.Figure(
                            "memory for each of them, beside object, name and UID",
                            load[2] + " bytes"));
        }
    }

    private static String run(Path folder, String what) throws Exception {
        var process =
                Child.start(
                        Million.class,
                        "4g",
                        folder.resolve("log"),
                        List.of(folder.resolve("store").toString(), what));
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        Benchmark.check(process.waitFor() == 0, "the measuring process failed");
        return said.strip();
    }

    public static void main(String[] arguments) throws Exception {
        var disk = new FileDisk(Path.of(arguments[0]));
        var options = Options.DEFAULT.withSnapshotAfterBytes(Long.MAX_VALUE);
        var before = used();
        var began = Clock.SYSTEM.nanos();
        var cpu = cpu();
        try (var store = EmbeddedStore.open(disk, Clock.SYSTEM, options)) {
            if (arguments[1].equals("write")) {
                Samples.fill(store, COUNT, VALUE_BYTES);
            }
            var seconds = (Clock.SYSTEM.nanos() - began) / 1e9;
            var spent = cpu().minus(cpu).toMillis() / 1e3;
            if (arguments[1].equals("write")) {
                store.saveSnapshot();
            }
            store.compact(store.snapshot().revision());
            var each = (used() - before - known(store)) / COUNT;
            System.out.printf(Locale.ROOT, "%.1f %.1f %d%n", seconds, spent, each);
        }
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// What the objects themselves take: their bytes, names and UIDs.
    private static long known(EmbeddedStore store) {
        var sum = 0L;
        for (var all = store.snapshot().list("pods", "", null); all.hasNext(); ) {
            var entry = all.next();
            sum += entry.bytes().length + entry.key().name().length();
            sum += entry.header().uid().length();
        }
        return sum;
    }

    private static long used() {
        var runtime = Runtime.getRuntime();
        for (var i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
