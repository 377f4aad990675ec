package io.coxswain.bench.hostile;

import io.coxswain.base.Clock;
import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Settings;
import io.coxswain.bench.Target;
import io.coxswain.client.Client;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// What one client that reads and writes notices of others that misbehave, and what those cost the
/// server. Turns alone and turns under attack alternate, so that what else the machine does falls
/// on both.
///
/// The attackers run on the same cores: what they take themselves is in the figures.
public final class HostileBenchmark implements Benchmark {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final int WATCHERS = Attack.STALLED_CONNECTIONS * Attack.STREAMS;
    private static final int TURNS = 3;
    private static final int OPERATIONS = 200;
    private static final int WARM_UP = 2_000;
    private static final int CREATE_EVERY = 5;
    private static final Duration PAUSE = Duration.ofMillis(3);
    private static final String CONTENT = "0123456789abcdef".repeat(64);

    private int created;

    /// How long everything took that the good client did.
    private static final class Delays {
        final List<Long> gets = new ArrayList<>();
        final List<Long> creates = new ArrayList<>();

        String text() {
            return "GET %s, create %s".formatted(text(gets), text(creates));
        }

        static double at(List<Long> delays, double part) {
            return delays.stream().sorted().toList().get((int) (delays.size() * part)) / 1e6;
        }

        private static String text(List<Long> delays) {
            return "%.1f / %.1f".formatted(at(delays, 0.5), at(delays, 0.99));
        }
    }

    @Override
    public List<Figure> run() throws Exception {
        return run(Settings.NONE);
    }

    /// `--only loris` measures one.
    @Override
    public List<Figure> run(Settings settings) throws Exception {
        var only = settings.text("only", "");
        var figures = new ArrayList<Figure>();
        try (var target = Target.apiServer()) {
            var good = target.client();
            work(good, new Delays(), WARM_UP, Duration.ZERO);
            var connection = target.connection();
            var victim =
                    new Attack.Victim(
                            connection.server(), Wire.context(connection), target.client());
            for (var attack : Attack.ALL) {
                if (attack.what().contains(only)) {
                    figures.add(under(target, good, victim, attack));
                }
            }
            figures.add(stalled(target, good, victim));
        }
        return figures;
    }

    private Figure under(Target target, Client good, Attack.Victim victim, Attack attack)
            throws Exception {
        var alone = new Delays();
        var attacked = new Delays();
        var cpu = Duration.ZERO;
        var spent = 0L;
        for (var i = 0; i < TURNS; i++) {
            work(good, alone, OPERATIONS, PAUSE);
            var goesOn = new AtomicBoolean(true);
            attack.begin(victim, goesOn::get);
            LockSupport.parkNanos(PAUSE.toNanos() * 100);
            var before = target.cpu();
            var began = Clock.SYSTEM.nanos();
            work(good, attacked, OPERATIONS, PAUSE);
            spent += Clock.SYSTEM.nanos() - began;
            cpu = cpu.plus(target.cpu().minus(before));
            goesOn.set(false);
            LockSupport.parkNanos(PAUSE.toNanos() * 200);
        }
        var ratio = Delays.at(attacked.gets, 0.99) / Delays.at(alone.gets, 0.99);
        return new Figure(
                attack.what(),
                ("p50 / p99 in ms: alone %s; then %s; p99 of GET %.1f times; "
                                + "server at %.0f %% of a core")
                        .formatted(
                                alone.text(),
                                attacked.text(),
                                ratio,
                                100.0 * cpu.toNanos() / spent));
    }

    /// What a watcher costs that stops reading while objects change.
    private Figure stalled(Target target, Client good, Attack.Victim victim) throws Exception {
        var attack = Attack.ALL.getLast();
        var heap = target.heapAfterCollection();
        var resident = target.residentBytes();
        var goesOn = new AtomicBoolean(true);
        attack.begin(victim, goesOn::get);
        var before = created;
        work(good, new Delays(), 10 * OPERATIONS, PAUSE);
        var stored = created - before;
        var watching = watching(good);
        Benchmark.check(watching == WATCHERS, "watchers: " + watching);
        var heapMore = (target.heapAfterCollection() - heap) / WATCHERS;
        var residentMore = (target.residentBytes() - resident) >> 20;
        goesOn.set(false);
        return new Figure(
                "a watcher that stopped reading %,d events ago".formatted(stored),
                "%,d bytes of heap; the process has %+,d MB, with what was stored meanwhile"
                        .formatted(heapMore, residentMore));
    }

    /// How many watches the server says are open.
    private static long watching(Client good) {
        var metrics =
                good.send(Request.get("/metrics")) instanceof Response.Full full
                        ? full.body().text()
                        : "";
        return metrics.lines()
                .filter(line -> line.startsWith("apiserver_longrunning_requests{"))
                .filter(line -> line.contains("resource=\"configmaps\""))
                .mapToLong(
                        line -> (long) Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
                .sum();
    }

    private void work(Client good, Delays delays, int operations, Duration pause) {
        var get = Request.get("/api/v1/namespaces/default");
        for (var i = 0; i < operations; i++) {
            var creates = i % CREATE_EVERY == 0;
            var request = creates ? create() : get;
            var began = Clock.SYSTEM.nanos();
            var status = good.send(request).status();
            (creates ? delays.creates : delays.gets).add(Clock.SYSTEM.nanos() - began);
            Benchmark.check(status == (creates ? 201 : 200), "status " + status);
            if (pause.isPositive()) {
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    private Request create() {
        var body =
                "{\"metadata\":{\"name\":\"h"
                        + created++
                        + "\"},\"data\":{\"content\":\""
                        + CONTENT
                        + "\"}}";
        return Request.of("POST", MAPS).withBody("application/json", Payload.of(body));
    }
}
