package io.coxswain.apiserver.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Counts durations by size.
final class Histogram {

    /// Upper ends in seconds, as upstream's request durations have them.
    private static final double[] ENDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0,
        10.0, 15.0, 20.0, 30.0, 45.0, 60.0
    };

    private final AtomicLongArray counts = new AtomicLongArray(ENDS.length + 1);
    private final LongAdder nanos = new LongAdder();

    void add(long duration) {
        var seconds = duration / 1e9;
        var bucket = 0;
        while (bucket < ENDS.length && seconds > ENDS[bucket]) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        nanos.add(duration);
    }

    void write(Exposition out, String name, String labels) {
        var sum = 0L;
        for (var i = 0; i < ENDS.length; i++) {
            sum += counts.get(i);
            out.sample(
                    name + "_bucket", labels + ",le=\"" + Exposition.number(ENDS[i]) + "\"", sum);
        }
        sum += counts.get(ENDS.length);
        out.sample(name + "_bucket", labels + ",le=\"+Inf\"", sum);
        out.sample(name + "_sum", labels, nanos.sum() / 1e9);
        out.sample(name + "_count", labels, sum);
    }
}
