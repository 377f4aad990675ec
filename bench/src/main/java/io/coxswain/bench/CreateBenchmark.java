package io.coxswain.bench;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.ListQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Creates per second, each durable before it is answered.
final class CreateBenchmark implements Benchmark {

    private static final int WARM_UP = 4_000;

    @Override
    public List<Figure> run() throws Exception {
        var figures = new ArrayList<Figure>();
        try (var target = Target.apiServer()) {
            target.client().create(Objects.account());
            var maps = new Series<>(target, ConfigMap.class, Objects::configMap);
            var pods = new Series<>(target, Pod.class, Objects::pod);
            maps.create(64, WARM_UP, "warm");
            pods.create(64, WARM_UP, "warm");
            figures.add(new Figure("create ConfigMap, 1 client", maps.create(1, 3_000, "one")));
            figures.add(new Figure("create ConfigMap, 64 clients", maps.create(64, 20_000, "all")));
            figures.add(new Figure("create Pod, 1 client", pods.create(1, 3_000, "one")));
            figures.add(new Figure("create Pod, 64 clients", pods.create(64, 20_000, "all")));
            figures.add(
                    new Figure(
                            "resident memory with 27,000 ConfigMaps and 27,000 Pods",
                            (target.residentBytes() >> 20) + " MB"));
        }
        return figures;
    }

    /// Objects of one kind, more and more of them.
    private static final class Series<T extends Resource> {
        private final Target target;
        private final Class<T> type;
        private final Function<String, T> maker;
        private int created;

        Series(Target target, Class<T> type, Function<String, T> maker) {
            this.target = target;
            this.type = type;
            this.maker = maker;
        }

        String create(int clients, int count, String prefix) throws Exception {
            var outcome =
                    new Load(clients, count)
                            .run(
                                    target,
                                    (client, i) -> client.create(maker.apply(prefix + "-" + i)));
            created += count;
            var query = new ListQuery("default", "app=bench", "", "", 5_000);
            var stored = target.client().list(type, query).items().size();
            Benchmark.check(stored == created, stored + " stored of " + created);
            return outcome.toString();
        }
    }
}
