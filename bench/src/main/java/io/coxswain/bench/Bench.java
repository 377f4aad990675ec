package io.coxswain.bench;

import io.coxswain.bench.crash.CrashBenchmark;
import io.coxswain.bench.fuzz.FuzzBenchmark;
import io.coxswain.bench.hostile.HostileBenchmark;
import io.coxswain.bench.linear.LinearizabilityBenchmark;
import io.coxswain.bench.soak.SoakBenchmark;
import io.coxswain.bench.store.EtcdBenchmark;
import io.coxswain.bench.store.StoreBenchmark;
import java.util.List;

/// The benchmarks and the table they end in: `./cox bench [NAME…] [--FLAG VALUE…]`.
public final class Bench {

    private record Line(String name, Benchmark benchmark) {}

    private static final List<Line> ALL =
            List.of(
                    new Line("start", new StartBenchmark()),
                    new Line("create", new CreateBenchmark()),
                    new Line("api", new ApiBenchmark()),
                    new Line("watchers", new IdleWatchers()),
                    new Line("admission", new AdmissionBenchmark()),
                    new Line("get", new GetBenchmark()),
                    new Line("list", new ListBenchmark()),
                    new Line("watch", new WatchBenchmark()),
                    new Line("growth", new GrowthBenchmark()),
                    new Line("schedule", new ScheduleBenchmark()),
                    new Line("auth", new AuthBenchmark()),
                    new Line("pod", new PodStartBenchmark()));

    /// What takes long and is asked for by name.
    private static final List<Line> PROOFS =
            List.of(
                    new Line("store", new StoreBenchmark()),
                    new Line("etcd", new EtcdBenchmark()),
                    new Line("crash", new CrashBenchmark()),
                    new Line("linearizability", new LinearizabilityBenchmark()),
                    new Line("hostile", new HostileBenchmark()),
                    new Line("fuzz", new FuzzBenchmark()),
                    new Line("soak", new SoakBenchmark()));

    private Bench() {}

    public static void main(String[] arguments) {
        var words = List.of(arguments);
        var wanted = words.stream().takeWhile(word -> !word.startsWith("--")).toList();
        var settings = Settings.parse(words.subList(wanted.size(), words.size()));
        var failed = 0;
        for (var line : ALL) {
            if (wanted.isEmpty() || wanted.contains(line.name())) {
                failed += run(line, settings) ? 0 : 1;
            }
        }
        for (var line : PROOFS) {
            if (wanted.contains(line.name())) {
                failed += run(line, settings) ? 0 : 1;
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean run(Line line, Settings settings) {
        try {
            for (var figure : line.benchmark().run(settings)) {
                System.out.printf("%-10s %-52s %s%n", line.name(), figure.what(), figure.value());
            }
            return true;
        } catch (Exception fault) {
            System.out.printf("%-10s FAILED: %s%n", line.name(), fault);
            return false;
        }
    }
}
