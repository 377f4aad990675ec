package io.coxswain.bench;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether what is cheap in a small cluster is cheap in a large one.
final class GrowthBenchmark implements Benchmark {

    private static final int CHUNK = 10_000;
    private static final int CHUNKS = 5;
    private static final int PAGE = 500;
    private static final int PAGES = 21;

    @Override
    public List<Figure> run() throws Exception {
        var figures = new ArrayList<Figure>();
        try (var target = Target.apiServer()) {
            var reader = target.client();
            for (var chunk = 1; chunk <= CHUNKS; chunk++) {
                var first = (chunk - 1) * CHUNK;
                var outcome =
                        new Load(64, CHUNK)
                                .run(
                                        target,
                                        (client, i) ->
                                                client.create(
                                                        Objects.configMap("map-" + (first + i))));
                var page = page(reader).toNanos() / 1e6;
                figures.add(
                        new Figure(
                                "up to %,d ConfigMaps: create; page of 500"
                                        .formatted(chunk * CHUNK),
                                "%s; %.1f ms".formatted(outcome, page)));
            }
        }
        return figures;
    }

    /// The median time of a page from the beginning of the list.
    private static Duration page(Client client) {
        var times = new ArrayList<Duration>();
        for (var i = 0; i < PAGES; i++) {
            var began = Clock.SYSTEM.nanos();
            var query = new ListQuery("default", "", "", "", PAGE);
            var items = client.list(ConfigMap.class, query).items().size();
            times.add(Duration.ofNanos(Clock.SYSTEM.nanos() - began));
            Benchmark.check(items >= PAGE, "objects in a page: " + items);
        }
        times.sort(null);
        return times.get(PAGES / 2);
    }
}
