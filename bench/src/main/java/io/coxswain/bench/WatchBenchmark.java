package io.coxswain.bench;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Twenty thousand deliveries a second: two hundred writes, each to a hundred watchers, which have
/// a connection each, or share ten.
///
/// What the writes cost without a watcher is measured first and taken off.
final class WatchBenchmark implements Benchmark {

    private static final int WATCHERS = 100;
    private static final int WRITES = 2_000;
    private static final int WARM_UP = 3_000;
    private static final Duration EVERY = Duration.ofMillis(5);
    private static final int MICROS_GOAL = 5;
    private static final int P99_MILLIS_GOAL = 10;

    @Override
    public List<Figure> run() throws Exception {
        var figures = new ArrayList<Figure>();
        for (var connections : new int[] {WATCHERS, WATCHERS / 10}) {
            try (var target = Target.apiServer()) {
                figures.addAll(deliveries(target, connections));
            }
        }
        return figures;
    }

    private static List<Figure> deliveries(Target target, int connections) throws Exception {
        var writer = target.client();
        var object = write(writer, writer.create(Objects.configMap("watched")), WARM_UP);
        var used = target.cpu();
        object = write(writer, object, WRITES);
        var alone = target.cpu().minus(used).toNanos() / 1e3 / WRITES;

        var watchers = new ArrayList<Watcher>();
        var clients = new ArrayList<Client>();
        for (var i = 0; i < WATCHERS; i++) {
            if (i < connections) {
                clients.add(target.client());
            }
            var client = clients.get(i % connections);
            watchers.add(new Watcher(client, object.metadata().resourceVersion()));
        }
        object = write(writer, object, WARM_UP);
        used = target.cpu();
        write(writer, object, WRITES);
        for (var watcher : watchers) {
            watcher.await(WARM_UP + WRITES);
        }
        var each = target.cpu().minus(used).toNanos() / 1e3 / WRITES;
        var delays =
                watchers.stream()
                        .flatMap(it -> it.delays.subList(WARM_UP, WARM_UP + WRITES).stream())
                        .sorted()
                        .toList();
        return figures(connections, each, alone, delays);
    }

    private static List<Figure> figures(
            int connections, double each, double alone, List<Long> delays) {
        var at = "%d watchers on %d connections, 200 writes/s: ".formatted(WATCHERS, connections);
        var delivery = (each - alone) / WATCHERS;
        var p99 = millis(delays, 0.99);
        return List.of(
                new Figure(
                        at + "the server's CPU for a delivery",
                        "%.1f µs (a write alone %.0f µs); goal %d µs %s"
                                .formatted(
                                        delivery,
                                        alone,
                                        MICROS_GOAL,
                                        delivery <= MICROS_GOAL ? "met" : "NOT met")),
                new Figure(
                        at + "write to event, p50 / p99",
                        "%.1f / %.1f ms; goal p99 %d ms %s"
                                .formatted(
                                        millis(delays, 0.5),
                                        p99,
                                        P99_MILLIS_GOAL,
                                        p99 <= P99_MILLIS_GOAL ? "met" : "NOT met")));
    }

    static ConfigMap write(Client client, ConfigMap object, int writes) {
        var present = object;
        var due = Cost.CLOCK.nanos();
        for (var i = 0; i < writes; i++) {
            due += EVERY.toNanos();
            LockSupport.parkNanos(due - Cost.CLOCK.nanos());
            var data = Map.of(Watcher.SENT, Long.toString(Cost.CLOCK.nanos()));
            present = client.update(Edit.with(present, ConfigMap::data, data));
        }
        return present;
    }

    private static double millis(List<Long> sorted, double part) {
        return sorted.get((int) (sorted.size() * part)) / 1e6;
    }
}
