package io.coxswain.bench.soak;

import io.coxswain.base.Clock;
import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Settings;
import io.coxswain.bench.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/// `./cox bench soak --minutes 60`: a control plane under a mixed load, which must be flat after
/// its warm-up, by the slope of what it holds.
public final class SoakBenchmark implements Benchmark {

    private static final int MINUTES = 15;

    /// The store keeps five minutes of history, which is most of what is in memory.
    private static final int WARM_UP_MINUTES_MIN = 6;

    private static final int CLIENTS = 10;
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    /// The log before a snapshot, twice, and the snapshots.
    private static final long DISK_BYTES_MAX = 300L << 20;

    @Override
    public List<Figure> run() throws Exception {
        return run(Settings.NONE);
    }

    @Override
    public List<Figure> run(Settings settings) throws Exception {
        var minutes = settings.number("minutes", MINUTES);
        Benchmark.check(minutes > WARM_UP_MINUTES_MIN, "minutes: too few, " + minutes);
        var requests = new AtomicLong();
        var samples = new ArrayList<Sample>();
        try (var target = Target.controlPlane()) {
            var all = new ArrayList<Traffic>();
            var threads = new ArrayList<Thread>();
            for (var i = 0; i < CLIENTS; i++) {
                var traffic = new Traffic(target.client(), i, requests);
                all.add(traffic);
                threads.add(Thread.ofVirtual().start(traffic));
            }
            sample(target, minutes, samples);
            all.forEach(Traffic::stop);
            for (var thread : threads) {
                thread.join();
            }
        }
        return judge(samples, requests.get());
    }

    private static void sample(Target target, int minutes, List<Sample> samples)
            throws IOException {
        var began = Clock.SYSTEM.nanos();
        var end = began + Duration.ofMinutes(minutes).toNanos();
        while (Clock.SYSTEM.nanos() < end) {
            Clock.SYSTEM.pause(BETWEEN);
            var elapsed = (Clock.SYSTEM.nanos() - began) / 60e9;
            samples.add(
                    new Sample(
                            elapsed,
                            Histogram.of(target.pid()),
                            target.residentBytes(),
                            disk(target.directory()),
                            count(target.pid(), "task"),
                            count(target.pid(), "fd")));
        }
    }

    private static List<Benchmark.Figure> judge(List<Sample> samples, long requests) {
        // Until code is compiled, caches are full and the history has reached its age.
        var warm = Math.max(WARM_UP_MINUTES_MIN, samples.getLast().minutes() * 2 / 5);
        var steady = samples.stream().filter(sample -> sample.minutes() >= warm).toList();
        var figures = new ArrayList<Figure>();
        var span = steady.getLast().minutes() - steady.getFirst().minutes();
        figures.add(
                new Figure(
                        "mixed load: requests; minutes, of which watched",
                        "%,d; %.0f, %.0f".formatted(requests, steady.getLast().minutes(), span)));
        var rising = new Rising(steady, figures);
        rising.judge("heap in use, MB", Sample::heapMegabytes, 8, 0.12);
        rising.judge("resident, MB", it -> it.residentBytes() / 1e6, 60, 0.15);
        rising.judge("threads", Sample::threads, 6, 0);
        rising.judge("file descriptors", Sample::files, 6, 0);
        var disk = samples.stream().mapToLong(Sample::diskBytes).max().orElse(0);
        figures.add(new Figure("disk, MB at most", "%.0f".formatted(disk / 1e6)));
        Benchmark.check(disk < DISK_BYTES_MAX, "bytes on disk: " + figures);
        Benchmark.check(rising.found.isEmpty(), "not flat: " + rising.found + figures);
        return figures;
    }

    /// What is not flat, all of it, so that an hour says more than its first word.
    private record Rising(List<Sample> samples, List<Figure> figures, List<String> found) {

        Rising(List<Sample> samples, List<Figure> figures) {
            this(samples, figures, new ArrayList<>());
        }

        /// @param slack what it may grow in the time watched, whatever its size
        /// @param part what it may grow, as a part of its mean
        void judge(String what, ToDoubleFunction<Sample> figure, double slack, double part) {
            var mean = Sample.mean(samples, figure);
            var growth = Sample.growth(samples, figure);
            figures.add(
                    new Figure(
                            what + ", mean; growth while watched",
                            "%.1f; %+.1f".formatted(mean, growth)));
            if (growth > Math.max(slack, part * mean)) {
                var last = samples.getLast().heap();
                found.add(what + ", most of all " + last.grownSince(samples.getFirst().heap()));
            }
        }
    }

    private static int count(long pid, String folder) throws IOException {
        try (var entries = Files.list(Path.of("/proc/" + pid + "/" + folder))) {
            return (int) entries.count();
        }
    }

    private static long disk(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            var sum = 0L;
            for (var file : files.toList()) {
                try {
                    sum += Files.isRegularFile(file) ? Files.size(file) : 0;
                } catch (NoSuchFileException gone) {
                    // It was superfluous meanwhile.
                }
            }
            return sum;
        }
    }
}
