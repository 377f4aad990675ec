package io.coxswain.bench.linear;

import io.coxswain.base.Clock;
import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Folder;
import io.coxswain.bench.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/// `./cox bench linearizability --histories 200 --seed 1 --store embedded`: makes histories over
/// HTTP, each with another fault, and checks each. The first violation ends it. With `--store etcd`
/// two servers share an etcd cluster of three.
public final class LinearizabilityBenchmark implements Benchmark {

    private static final int HISTORIES = 20;
    private static final int WRITERS = 8;
    private static final int WATCHERS = 3;
    private static final int REQUESTS = 80;
    private static final int BLOCK = 10;
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(20);

    private final AtomicLong values = new AtomicLong();
    private long calls;
    private long unknown;
    private long events;

    @Override
    public List<Figure> run() throws Exception {
        return run(Settings.NONE);
    }

    @Override
    public List<Figure> run(Settings settings) throws Exception {
        var histories = settings.number("histories", HISTORIES);
        var seed = settings.number("seed", 1);
        var shared = settings.text("store", "embedded").equals("etcd");
        try (var folder = Folder.temporary("cox-linear")) {
            if (shared) {
                try (var cluster = new Cluster(folder.path())) {
                    make(cluster, List.of(ClusterFault.values()), histories, seed);
                }
            } else {
                try (var server = new Server(folder.path())) {
                    make(server, List.of(ServerFault.values()), histories, seed);
                }
            }
        }
        return List.of(
                new Figure("histories with faults; violations", histories + "; 0"),
                new Figure(
                        "requests in them, with unknown outcome; events at watchers",
                        "%,d, %,d; %,d".formatted(calls, unknown, events)));
    }

    private <S extends Site> void make(
            S site, List<? extends Fault<S>> faults, int histories, int seed) throws Exception {
        for (var number = 1; number <= histories; number++) {
            // In blocks, because some faults take a while to prepare.
            var block = histories < faults.size() * BLOCK ? number : number / BLOCK;
            var fault = faults.get(block % faults.size());
            fault.prepare(site);
            var history = make(site, number, fault, new Random(seed * 1_000_003L + number));
            check(history, number, seed, fault);
        }
    }

    private <S extends Site> History make(S site, int number, Fault<S> fault, Random random)
            throws Exception {
        var history = new History();
        var http = new Http(site.uris(), site.patience());
        var path = begin(http, number);
        var from = untilAnswered(http, path).revision();
        var watchers = new ArrayList<Watcher>();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < WATCHERS; i++) {
            var watcher = new Watcher(http, path, from, random.nextLong(), history);
            watchers.add(watcher);
            threads.add(Thread.ofVirtual().start(watcher::run));
        }
        var writers = new ArrayList<Thread>();
        for (var i = 0; i < WRITERS; i++) {
            var writer = new Writer(i, http, path, random.nextLong(), values, history);
            writers.add(Thread.ofVirtual().start(() -> writer.run(REQUESTS)));
        }
        fault.strike(site, random);
        for (var writer : writers) {
            writer.join();
        }
        end(http, path, watchers);
        for (var thread : threads) {
            thread.interrupt();
            thread.join();
        }
        http.close();
        return history;
    }

    /// A namespace of its own for each history: its objects do not exist before.
    private static String begin(Http http, int number) {
        var name = "h" + number;
        var body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                        .formatted(name);
        for (var tries = 0; tries < 200; tries++) {
            try {
                var status =
                        http.send("POST", "/api/v1/namespaces", "application/json", body).status();
                if (status == 201 || status == 409) {
                    return "/api/v1/namespaces/" + name + "/configmaps";
                }
            } catch (IOException notYet) {
                // It is being started.
            }
            Clock.SYSTEM.pause(Duration.ofMillis(50));
        }
        throw new IllegalStateException("no namespace could be made");
    }

    /// One more write, which every watcher must be shown.
    private static void end(Http http, String path, List<Watcher> watchers) {
        var revision = untilAnswered(http, path).revision();
        var end = Clock.SYSTEM.nanos() + CATCH_UP_MAX.toNanos();
        var last = lastChange(http, path, revision);
        for (var watcher : watchers) {
            while (watcher.seen() < last) {
                Benchmark.check(
                        Clock.SYSTEM.nanos() < end,
                        "a watcher is at %d, the last change at %d"
                                .formatted(watcher.seen(), last));
                Clock.SYSTEM.pause(Duration.ofMillis(5));
            }
            watcher.stop();
        }
    }

    private static long lastChange(Http http, String path, long otherwise) {
        var body =
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"cend\"},"
                        + "\"data\":{\"v\":\"%d\"}}".formatted(Long.MAX_VALUE - otherwise);
        for (var tries = 0; tries < 200; tries++) {
            try {
                var answer = http.send("POST", path, "application/json", body);
                if (answer.status() == 201) {
                    return answer.revision();
                }
                if (answer.status() == 409) {
                    return http.send("GET", path + "/cend", null, "").revision();
                }
            } catch (IOException notYet) {
                // Try again.
            }
            Clock.SYSTEM.pause(Duration.ofMillis(20));
        }
        throw new IllegalStateException("the last write was not answered");
    }

    private static Http.Answer untilAnswered(Http http, String path) {
        for (var tries = 0; tries < 400; tries++) {
            try {
                var answer = http.send("GET", path, null, "");
                if (answer.status() == 200) {
                    return answer;
                }
            } catch (IOException notYet) {
                // Try again.
            }
            Clock.SYSTEM.pause(Duration.ofMillis(20));
        }
        throw new IllegalStateException("the server does not answer");
    }

    private void check(History history, int number, int seed, Fault<?> fault) {
        calls += history.size();
        unknown += history.unknown();
        events += history.events();
        var violations = history.violations();
        if (!violations.isEmpty()) {
            throw new IllegalStateException(
                    "seed %d, history %d, %s: %s"
                            .formatted(
                                    seed,
                                    number,
                                    fault,
                                    String.join("\n", violations.stream().limit(10).toList())));
        }
    }
}
