package io.coxswain.bench.store;

import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Folder;
import io.coxswain.bench.Settings;
import io.coxswain.etcd.EtcdOptions;
import io.coxswain.etcd.EtcdStore;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Write;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `./cox bench etcd`: the engine on one member of etcd beside plain puts into the same member, and
/// what a consistent read costs. A write of the engine compares, is protobuf, and has come back by
/// the watch when it counts.
public final class EtcdBenchmark implements Benchmark {

    private static final int[] WRITERS = {1, 16, 64, 256};
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int READS = 300;

    @Override
    public List<Figure> run() throws Exception {
        return run(Settings.NONE);
    }

    @Override
    public List<Figure> run(Settings settings) throws Exception {
        try (var folder = Folder.temporary("cox-etcd")) {
            return run(folder.path(), settings.number("turns", 5));
        }
    }

    private static List<Figure> run(Path folder, int turns) throws Exception {
        var figures = new ArrayList<Figure>();
        try (var etcd = Etcd.start(folder.resolve("etcd"));
                var loops = new ThreadLoops(Clock.SYSTEM);
                var store =
                        EtcdStore.open(
                                EtcdOptions.of(List.of(etcd.server())),
                                UpstreamLayout.protobuf(),
                                loops)) {
            turn(etcd, store, 64);
            for (var writers : WRITERS) {
                var all = new ArrayList<double[]>();
                for (var i = 0; i < turns; i++) {
                    all.add(turn(etcd, store, writers));
                }
                figures.add(figure(writers, all));
            }
            figures.add(reads(store));
        }
        return figures;
    }

    private static double[] turn(Etcd etcd, EtcdStore store, int writers) throws Exception {
        var value = Samples.filled(Puts.VALUE_BYTES);
        var plain =
                Puts.perSecond(
                        writers, TURN, (w, number) -> etcd.put(w, "/plain/" + w + number, value));
        var engine = Puts.perSecond(writers, TURN, (w, number) -> put(store, w, number));
        return new double[] {engine, plain};
    }

    private static void put(EtcdStore store, int writer, int number) {
        var key = new Key("configmaps", "default", "w" + writer + "-" + number);
        var known = store.snapshot().get(key);
        var expected = known == null ? Write.ABSENT : known.revision();
        var outcome = store.write(new Write(key, expected, draft(key.name()), false, null));
        Benchmark.check(outcome instanceof Write.Outcome.Written, "wrote " + key);
    }

    private static Draft draft(String name) {
        var before =
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\""
                        + name
                        + "\",\"namespace\":\"default\",\"resourceVersion\":\"";
        var after = "\"},\"data\":{\"d\":\"" + "x".repeat(Puts.VALUE_BYTES - 130) + "\"}}";
        var bytes = (before + after).getBytes(StandardCharsets.UTF_8);
        return new Draft(Header.EMPTY, bytes, before.length());
    }

    private static Figure figure(int writers, List<double[]> turns) {
        var engine = median(turns.stream().map(turn -> turn[0]).toList());
        var plain = median(turns.stream().map(turn -> turn[1]).toList());
        var ratio = median(turns.stream().map(turn -> turn[0] / turn[1]).toList());
        return new Figure(
                "puts of 1 KB, %d writers: engine, plain etcd".formatted(writers),
                "%,.0f/s, %,.0f/s: %.0f %%".formatted(engine, plain, 100 * ratio));
    }

    private static Figure reads(EtcdStore store) {
        var times = new ArrayList<Double>();
        for (var i = 0; i < READS; i++) {
            var began = Clock.SYSTEM.nanos();
            store.fresh();
            times.add((Clock.SYSTEM.nanos() - began) / 1e6);
        }
        return new Figure(
                "consistent read, one at a time (median)", "%.2f ms".formatted(median(times)));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
