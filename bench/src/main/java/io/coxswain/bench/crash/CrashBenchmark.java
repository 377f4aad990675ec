package io.coxswain.bench.crash;

import io.coxswain.base.Clock;
import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Child;
import io.coxswain.bench.Folder;
import io.coxswain.bench.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// `./cox bench crash --rounds 1000 --seed 1`: a process with many writers dies again and again, by
/// `kill -9` at a random moment in every other round and at the next failpoint in the rest.
public final class CrashBenchmark implements Benchmark {

    private static final int ROUNDS = 100;
    private static final int ACKNOWLEDGEMENTS_MAX = 2_500;
    private static final Duration ROUND_MAX = Duration.ofSeconds(20);

    private final Map<String, Integer> hits = new TreeMap<>();
    private int kills;
    private int failpoints;

    @Override
    public List<Figure> run() throws Exception {
        return run(Settings.NONE);
    }

    @Override
    public List<Figure> run(Settings settings) throws Exception {
        var rounds = settings.number("rounds", ROUNDS);
        var seed = settings.number("seed", 1);
        var figures = new ArrayList<Figure>();
        try (var folder = Folder.temporary("cox-crash")) {
            var audit = new Audit(folder.path().resolve("store"));
            for (var round = 1; round <= rounds; round++) {
                round(folder.path(), audit, round, seed);
            }
            figures.add(
                    new Figure(
                            "crashes: by kill -9 at random, at failpoints; places not reached",
                            "%,d, %,d; %s".formatted(kills, failpoints, missed())));
            figures.add(
                    new Figure(
                            "acknowledged writes: all, lost, phantoms, revisions reused",
                            "%,d, 0, 0, 0 of %,d".formatted(audit.kept(), audit.revision())));
        }
        if (settings.number("recovery-mb", 1_024) > 0) {
            figures.addAll(Recovery.measure(settings.number("recovery-mb", 1_024)));
        }
        return figures;
    }

    private List<String> missed() {
        return Stream.concat(Failpoint.WHILE_RUNNING.stream(), Failpoint.WHILE_RECOVERING.stream())
                .map(Failpoint::place)
                .distinct()
                .filter(place -> !hits.containsKey(place))
                .toList();
    }

    private void round(Path folder, Audit audit, int round, int seed) throws Exception {
        var random = new Random(seed * 1_000_003L + round);
        var points = Failpoint.WHILE_RUNNING;
        var journal = new Journal();
        try {
            if (round % 2 == 0) {
                var point = points.get(round / 2 % points.size());
                var number = 1 + random.nextInt(point.number());
                if (point.kind().equals("other")) {
                    // The reserve is made when there is none.
                    Files.deleteIfExists(folder.resolve("store").resolve("RESERVE"));
                }
                victim(folder, journal, round, random, point.at(number).argument());
            } else {
                victim(folder, journal, round, random, "-");
            }
            if (round % 4 == 1) {
                var recovering = Failpoint.WHILE_RECOVERING;
                var point = recovering.get(round / 4 % recovering.size());
                victim(folder, journal, round + 500_000, random, point.argument());
            }
            audit.check(journal);
        } catch (IllegalStateException broken) {
            throw new IllegalStateException(
                    "seed %d, round %d: %s".formatted(seed, round, broken.getMessage()), broken);
        }
    }

    private void victim(Path folder, Journal journal, int round, Random random, String point)
            throws Exception {
        var writers = 16 << random.nextInt(3);
        var acknowledgements =
                journal.acknowledged().size() + 1 + random.nextInt(ACKNOWLEDGEMENTS_MAX);
        var process =
                Child.start(
                        Victim.class,
                        "128m",
                        folder.resolve("victim.log"),
                        List.of(
                                folder.resolve("store").toString(),
                                String.valueOf(round),
                                String.valueOf(random.nextLong()),
                                String.valueOf(writers),
                                point));
        var guard = guard(process);
        try (var out = process.inputReader(StandardCharsets.US_ASCII)) {
            journal.read(out, point.equals("-") ? acknowledgements : 4 * ACKNOWLEDGEMENTS_MAX);
            process.toHandle().destroyForcibly();
            // The pipe outlives it: what it had said before it died was said, too.
            journal.read(out, Integer.MAX_VALUE);
        }
        guard.interrupt();
        count(process.waitFor(), point);
    }

    /// A victim that hangs is a finding, not a reason to wait for ever.
    private static Thread guard(Process process) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        if (!process.waitFor(ROUND_MAX.toSeconds(), TimeUnit.SECONDS)) {
                            process.toHandle().destroyForcibly();
                        }
                    } catch (InterruptedException done) {
                        // It has ended.
                    }
                });
    }

    private void count(int status, String point) throws IOException {
        if (status == Failpoint.STATUS) {
            failpoints++;
            hits.merge(point.substring(0, point.lastIndexOf(':')), 1, Integer::sum);
        } else if (status == 137) {
            kills++;
        } else {
            throw new IllegalStateException("the victim ended by itself with " + status);
        }
    }

    static double seconds(long began) {
        return (Clock.SYSTEM.nanos() - began) / 1e9;
    }
}
