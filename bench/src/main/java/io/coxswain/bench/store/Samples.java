package io.coxswain.bench.store;

import io.coxswain.storage.Draft;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Store;
import io.coxswain.storage.Write;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Objects as the API server would store them.
final class Samples {

    private static final byte[] VALUE = filled(Puts.VALUE_BYTES);

    private Samples() {}

    static byte[] filled(int size) {
        var value = new byte[size];
        Arrays.fill(value, (byte) 'x');
        return value;
    }

    static Key pod(int number) {
        return new Key("pods", "namespace-" + number % 50, "web-" + number);
    }

    static Header header(int number) {
        var labels = Map.of("app", "web", "pod-template-hash", "h" + number % 100);
        var uid = "00000000-0000-4000-8000-%012d".formatted(number);
        return new Header(uid, labels, Map.of("spec.nodeName", "n" + number % 50), List.of());
    }

    /// Puts 1 KB whatever is there.
    static void put(Store store, Key key) {
        put(store, key, new Draft(Header.EMPTY, VALUE, 20));
    }

    static void put(Store store, Key key, Draft draft) {
        var current = store.snapshot().get(key);
        var expected = current == null ? Write.ABSENT : current.revision();
        store.write(Write.update(key, expected, draft));
    }

    /// Makes objects `0` to `count` with values of this size, by many writers.
    static void fill(Store store, int count, int valueBytes) throws InterruptedException {
        var value = filled(valueBytes);
        var writers = 128;
        var threads = new Thread[writers];
        for (var w = 0; w < writers; w++) {
            var first = w;
            threads[w] =
                    Thread.ofVirtual()
                            .start(() -> {
                                for (var i = first; i < count; i += writers) {
                                    put(store, pod(i), new Draft(header(i), value, 20));
                                }
                            });
        }
        for (var thread : threads) {
            thread.join();
        }
    }
}
