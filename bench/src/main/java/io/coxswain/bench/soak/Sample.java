package io.coxswain.bench.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// What a process held at one moment.
///
/// @param diskBytes all files of its data directory
record Sample(
        double minutes,
        Histogram heap,
        long residentBytes,
        long diskBytes,
        int threads,
        int files) {

    double heapMegabytes() {
        return heap.total() / 1e6;
    }

    /// How much a figure grew over these samples, by the line that fits them best.
    static double growth(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        var meanTime = samples.stream().mapToDouble(Sample::minutes).average().orElse(0);
        var mean = samples.stream().mapToDouble(figure).average().orElse(0);
        var above = 0.0;
        var below = 0.0;
        for (var sample : samples) {
            var time = sample.minutes() - meanTime;
            above += time * (figure.applyAsDouble(sample) - mean);
            below += time * time;
        }
        var span = samples.getLast().minutes() - samples.getFirst().minutes();
        return below == 0 ? 0 : above / below * span;
    }

    static double mean(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return samples.stream().mapToDouble(figure).average().orElse(0);
    }
}
