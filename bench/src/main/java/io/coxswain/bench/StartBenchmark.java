package io.coxswain.bench;

import io.coxswain.api.core.Namespace;
import io.coxswain.client.ListQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// How long a control plane takes to be ready on an empty directory, and what it weighs when idle.
final class StartBenchmark implements Benchmark {

    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int RUNS = 3;

    @Override
    public List<Figure> run() throws Exception {
        var starts = new ArrayList<Duration>();
        var resident = 0L;
        for (var i = 0; i < RUNS; i++) {
            try (var target = Target.controlPlane()) {
                starts.add(target.started());
                var namespaces = target.client().list(Namespace.class, ListQuery.ALL).items();
                Benchmark.check(
                        namespaces.stream().anyMatch(it -> it.name().equals("kube-system")),
                        "a ready control plane without its namespaces");
                if (i == RUNS - 1) {
                    LockSupport.parkNanos(IDLE.toNanos());
                    resident = target.residentBytes();
                }
            }
        }
        starts.sort(null);
        return List.of(
                new Figure(
                        "cold start to ready, control plane, median of 3",
                        starts.get(RUNS / 2).toMillis() + " ms"),
                new Figure("resident memory, idle for 10 s", (resident >> 20) + " MB"));
    }
}
