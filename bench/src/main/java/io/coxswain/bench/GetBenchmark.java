package io.coxswain.bench;

import io.coxswain.http.Request;
import java.util.List;

/// GETs of one pod per second.
final class GetBenchmark implements Benchmark {

    @Override
    public List<Figure> run() throws Exception {
        try (var target = Target.apiServer()) {
            var setup = target.client();
            setup.create(Objects.account());
            setup.create(Objects.pod("one"));
            get(target, 64, 40_000);
            return List.of(
                    new Figure("GET of a pod, 1 client", get(target, 1, 10_000)),
                    new Figure("GET of a pod, 64 clients", get(target, 64, 100_000)));
        }
    }

    private static String get(Target target, int clients, int count) throws Exception {
        var request = Request.get("/api/v1/namespaces/default/pods/one");
        return new Load(clients, count)
                .run(
                        target,
                        (client, i) -> {
                            var answer = client.send(request);
                            Benchmark.check(answer.status() == 200, "status " + answer.status());
                        })
                .toString();
    }
}
