package io.coxswain.bench;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.client.WatchStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What watchers cost that have nothing to see, and what it takes to tell them all of one change.
///
/// `-Dapi.watchers=1000` opens another number of them.
final class IdleWatchers implements Benchmark {

    private static final int PER_CONNECTION = 90;
    private static final int EVENTS = 20;
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final List<WatchStream<ConfigMap>> watches = new ArrayList<>();
    private @Nullable Client client;

    @Override
    public List<Figure> run() throws Exception {
        var figures = new ArrayList<Figure>();
        try (var target = Target.apiServer()) {
            ConfigMap[] object = {target.client().create(Objects.configMap("seen-by-all"))};
            var before = target.heapAfterCollection();
            for (var count : System.getProperty("api.watchers", "1000,10000").split(",")) {
                open(target, Integer.parseInt(count), object[0].metadata().resourceVersion());
                figures.add(idle(target, before));
                tell(target, object); // Warms up.
                figures.add(
                        new Figure(
                                "one change to %,d watchers".formatted(watches.size()),
                                tell(target, object)));
            }
            for (var watch : watches) {
                watch.onEvent(() -> {}); // Nobody looks any more.
                watch.close();
            }
        }
        return figures;
    }

    private Figure idle(Target target, long before) throws Exception {
        LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
        var heap = (target.heapAfterCollection() - before) / watches.size();
        var used = target.cpu();
        LockSupport.parkNanos(IDLE.toNanos());
        var idle = target.cpu().minus(used).toNanos() / 1e7 / IDLE.toSeconds();
        return new Figure(
                "%,d idle watchers".formatted(watches.size()),
                "%,d bytes of heap each, %.1f %% of a core, %d MB resident"
                        .formatted(heap, idle, target.residentBytes() >> 20));
    }

    private void open(Target target, int count, String version) {
        while (watches.size() < count) {
            var shared = client;
            if (shared == null || watches.size() % PER_CONNECTION == 0) {
                shared = target.client();
            }
            client = shared;
            watches.add(shared.watch(ConfigMap.class, ListQuery.ALL.from(version)));
        }
    }

    /// Every watch must have seen every change.
    private String tell(Target target, ConfigMap[] object) throws Exception {
        var writer = target.client();
        var used = target.cpu();
        var took = new ArrayList<Long>();
        for (var i = 0; i < EVENTS; i++) {
            var all = new CountDownLatch(watches.size());
            var began = Cost.CLOCK.nanos();
            var sent = Long.toString(began);
            for (var watch : watches) {
                watch.onEvent(() -> take(watch, sent, all));
            }
            var data = Map.of("sent", sent);
            object[0] = writer.update(Edit.with(object[0], ConfigMap::data, data));
            Benchmark.check(
                    all.await(60, TimeUnit.SECONDS), all.getCount() + " watchers saw nothing");
            took.add(Cost.CLOCK.nanos() - began);
        }
        took.sort(null);
        var each = target.cpu().minus(used).toNanos() / 1e3 / EVENTS / watches.size();
        return "%.0f ms until the last has it (median), %.1f µs of CPU a delivery; goal 5 µs %s"
                .formatted(took.get(EVENTS / 2) / 1e6, each, each <= 5 ? "met" : "NOT met");
    }

    private static void take(WatchStream<ConfigMap> watch, String sent, CountDownLatch all) {
        synchronized (watch) {
            for (var event = watch.poll(); event != null; event = watch.poll()) {
                var object = event.object();
                if (object != null && sent.equals(object.data().get("sent"))) {
                    all.countDown();
                }
            }
        }
    }
}
