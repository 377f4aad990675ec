package io.coxswain.bench;

import java.util.List;

/// The benchmarks and the table they end in: `./cox bench [NAME…]`.
public final class Bench {

    private record Line(String name, Benchmark benchmark) {}

    private static final List<Line> ALL =
            List.of(
                    new Line("start", new StartBenchmark()),
                    new Line("create", new CreateBenchmark()),
                    new Line("get", new GetBenchmark()),
                    new Line("list", new ListBenchmark()),
                    new Line("watch", new WatchBenchmark()),
                    new Line("growth", new GrowthBenchmark()),
                    new Line("schedule", new ScheduleBenchmark()),
                    new Line("pod", new PodStartBenchmark()));

    private Bench() {}

    public static void main(String[] names) {
        var wanted = List.of(names);
        var failed = 0;
        for (var line : ALL) {
            if (wanted.isEmpty() || wanted.contains(line.name())) {
                failed += run(line) ? 0 : 1;
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean run(Line line) {
        try {
            for (var figure : line.benchmark().run()) {
                System.out.printf("%-10s %-52s %s%n", line.name(), figure.what(), figure.value());
            }
            return true;
        } catch (Exception fault) {
            System.out.printf("%-10s FAILED: %s%n", line.name(), fault);
            return false;
        }
    }
}
