package io.coxswain.bench;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.client.WatchStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// From a write to each of a hundred watchers, at two hundred writes per second.
final class WatchBenchmark implements Benchmark {

    private static final int WATCHERS = 100;
    private static final int WRITES = 7_000;
    private static final int WARM_UP = 4_000;
    private static final Duration EVERY = Duration.ofMillis(5);

    @Override
    public List<Figure> run() throws Exception {
        try (var target = Target.apiServer()) {
            var writer = target.client();
            var object = writer.create(Objects.configMap("watched"));
            var version = object.metadata().resourceVersion();
            var watchers = new ArrayList<Watcher>();
            for (var i = 0; i < WATCHERS; i++) {
                watchers.add(new Watcher(target.client(), version));
            }
            var warm = write(writer, object, WARM_UP);
            var used = target.cpu();
            write(writer, warm, WRITES - WARM_UP);
            for (var watcher : watchers) {
                watcher.thread.join(Duration.ofSeconds(30));
                Benchmark.check(watcher.seen == WRITES, "events seen: " + watcher.seen);
            }
            var delays =
                    watchers.stream()
                            .flatMap(it -> it.delays.subList(WARM_UP, WRITES).stream())
                            .sorted()
                            .toList();
            var each = target.cpu().minus(used).toNanos() / 1000.0 / (WRITES - WARM_UP) / WATCHERS;
            return List.of(
                    new Figure("the server's CPU per delivery", "%.1f µs".formatted(each)),
                    new Figure("write to event, 100 watchers, 200 writes/s, p50", at(delays, 0.5)),
                    new Figure(
                            "write to event, 100 watchers, 200 writes/s, p99", at(delays, 0.99)));
        }
    }

    private static ConfigMap write(Client client, ConfigMap object, int writes) {
        var present = object;
        var due = Clock.SYSTEM.nanos();
        for (var i = 0; i < writes; i++) {
            due += EVERY.toNanos();
            LockSupport.parkNanos(due - Clock.SYSTEM.nanos());
            var data = Map.of("sent", Long.toString(Clock.SYSTEM.nanos()));
            present = client.update(Edit.with(present, ConfigMap::data, data));
        }
        return present;
    }

    private static String at(List<Long> sorted, double part) {
        return "%.1f ms".formatted(sorted.get((int) (sorted.size() * part)) / 1e6);
    }

    /// One watcher with a connection and a thread of its own.
    private static final class Watcher {
        private final List<Long> delays = new ArrayList<>();
        private final Thread thread;
        private volatile int seen;

        Watcher(Client client, String version) {
            var stream = client.watch(ConfigMap.class, ListQuery.ALL.from(version));
            this.thread = Thread.ofVirtual().unstarted(() -> follow(stream));
            stream.onEvent(() -> LockSupport.unpark(thread));
            thread.start();
        }

        private void follow(WatchStream<ConfigMap> stream) {
            try (stream) {
                while (seen < WRITES) {
                    var event = stream.poll();
                    if (event == null) {
                        LockSupport.park(this);
                        continue;
                    }
                    var object = event.object();
                    if (object != null) {
                        var sent = Long.parseLong(object.data().getOrDefault("sent", "0"));
                        delays.add(Clock.SYSTEM.nanos() - sent);
                        seen = delays.size();
                    }
                }
            }
        }
    }
}
