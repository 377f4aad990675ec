package io.coxswain.bench;

import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether what is cheap in a small cluster is cheap in a large one.
final class GrowthBenchmark implements Benchmark {

    private static final int CHUNK = 10_000;
    private static final int CHUNKS = 5;
    private static final Request PAGE =
            Request.get("/api/v1/namespaces/default/configmaps")
                    .withQuery(Query.parse("limit=500"));
    private static final int RUNS = 21;

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

    /// The median time of the list's first page.
    private static Duration page(Client client) throws IOException {
        var times = new ArrayList<Duration>();
        for (var i = 0; i < RUNS; i++) {
            var began = Clock.SYSTEM.nanos();
            var body = ListBenchmark.body(client, PAGE);
            times.add(Duration.ofNanos(Clock.SYSTEM.nanos() - began));
            var found = new String(body, StandardCharsets.UTF_8).split("\"name\":\"map-", -1);
            Benchmark.check(found.length == 501, "objects in a page: " + found.length);
        }
        times.sort(null);
        return times.get(RUNS / 2);
    }
}
