package io.coxswain.storage.embedded;

import io.coxswain.base.Clock;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Store;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Measures durable puts of 1 KB beside bare append and force on the same disk.
///
/// Arguments: an empty directory, and optionally the seconds for each figure.
final class Throughput {

    private static final int VALUE_BYTES = 1_024;
    private static final Clock CLOCK = Clock.SYSTEM;

    private Throughput() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        var seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        for (var round = 0; round < 2; round++) {
            for (var group : new int[] {1, 16, 64, 256}) {
                var limit = bare(new FileDisk(directory.resolve("bare")), group, seconds);
                try (var store =
                        EmbeddedStore.open(directory.resolve("s" + round + "-" + group), CLOCK)) {
                    var writes = puts(store, group, seconds);
                    var groups = store.stats().groups();
                    System.out.printf(
                            Locale.ROOT,
                            "%3d writers: %,8d puts/s (groups of %.1f), bare %,9d/s%n",
                            group,
                            writes / seconds,
                            (double) writes / groups,
                            limit);
                }
            }
            try (var store = EmbeddedStore.inMemory(CLOCK)) {
                System.out.printf(
                        Locale.ROOT, "in memory: %,d puts/s%n", puts(store, 1, seconds) / seconds);
            }
        }
    }

    /// Records a second when `group` of them share one force.
    private static long bare(Disk disk, int group, int seconds) throws IOException {
        var record = new byte[(VALUE_BYTES + 150) * group];
        Arrays.fill(record, (byte) 'x');
        var count = 0L;
        try (var file = disk.create("bare")) {
            var end = CLOCK.nanos() + seconds * 1_000_000_000L;
            while (CLOCK.nanos() < end) {
                file.append(record, 0, record.length);
                file.force();
                count += group;
            }
        }
        disk.delete("bare");
        return count / seconds;
    }

    private static long puts(Store store, int writers, int seconds) throws InterruptedException {
        var total = new AtomicLong();
        var end = CLOCK.nanos() + seconds * 1_000_000_000L;
        var threads = new ArrayList<Thread>();
        for (var w = 0; w < writers; w++) {
            var writer = w;
            threads.add(Thread.ofVirtual().start(() -> total.addAndGet(put(store, writer, end))));
        }
        for (var thread : threads) {
            thread.join();
        }
        return total.get();
    }

    private static long put(Store store, int writer, long end) {
        var value = new byte[VALUE_BYTES];
        Arrays.fill(value, (byte) 'x');
        var header = new Header("uid", Map.of("app", "web"), Map.of(), List.of());
        var count = 0L;
        while (CLOCK.nanos() < end) {
            var key = new Key("configmaps", "default", "w" + writer + "-" + count % 1_000);
            var current = store.snapshot().get(key);
            var expected = current == null ? Write.ABSENT : current.revision();
            store.write(Write.update(key, expected, new Draft(header, value, 20)));
            count++;
        }
        return count;
    }
}
