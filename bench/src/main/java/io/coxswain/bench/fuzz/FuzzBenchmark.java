package io.coxswain.bench.fuzz;

import io.coxswain.bench.Benchmark;
import io.coxswain.bench.Folder;
import io.coxswain.bench.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// `./cox bench fuzz --minutes 12`: every reader of what clients send, driven by Jazzer.
///
/// `--only json,yaml` fuzzes these alone, `--corpus FOLDER` goes on where it was left. What was
/// found stays in that folder, under `findings`.
public final class FuzzBenchmark implements Benchmark {

    private static final int MINUTES = 12;
    private static final String DRIVER = "com.code_intelligence.jazzer.Jazzer";

    /// Our code, and the parsers beneath it.
    private static final String INSTRUMENTED =
            "io.coxswain.**:tools.jackson.**:org.snakeyaml.**:dev.cel.**";

    /// Longer inputs are rarely more interesting, and slow.
    private static final int LENGTH_MAX = 4096;

    private static final int SECONDS_PER_INPUT_MAX = 20;
    private static final Pattern STATE = Pattern.compile("cov: ([0-9]+)");
    private static final Pattern DONE = Pattern.compile("Done ([0-9]+) runs in ([0-9]+) second");

    @Override
    public List<Figure> run() throws Exception {
        return run(Settings.NONE);
    }

    @Override
    public List<Figure> run(Settings settings) throws Exception {
        var only = settings.text("only", "");
        var names = only.isEmpty() ? List.copyOf(Targets.ALL.keySet()) : List.of(only.split(","));
        var seconds = settings.number("minutes", MINUTES) * 60 / names.size();
        var kept = settings.text("corpus", "");
        if (!kept.isEmpty()) {
            return all(names, seconds, Path.of(kept));
        }
        try (var folder = Folder.temporary("cox-fuzz")) {
            return all(names, seconds, folder.path());
        }
    }

    private static List<Figure> all(List<String> names, int seconds, Path folder)
            throws IOException, InterruptedException {
        var figures = new ArrayList<Figure>();
        var found = new ArrayList<String>();
        for (var name : names) {
            var log = folder.resolve(name + ".log");
            var clean = fuzz(name, seconds, folder, log);
            var text = Files.readString(log);
            if (!clean) {
                found.add(name + ": " + finding(text));
            }
            var inputs = Long.parseLong(last(DONE, text));
            figures.add(
                    new Figure(
                            name + ": inputs; edges of code seen",
                            "%,d; %s".formatted(inputs, last(STATE, text))));
        }
        Benchmark.check(found.isEmpty(), String.join("\n", found));
        return figures;
    }

    /// Whether nothing was found.
    private static boolean fuzz(String name, int seconds, Path folder, Path log)
            throws IOException, InterruptedException {
        var corpus = Files.createDirectories(folder.resolve(name));
        var seeds = Targets.named(name).seeds();
        for (var i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
        return new ProcessBuilder(command(name, seconds, corpus))
                        .directory(
                                Files.createDirectories(folder.resolve("findings").resolve(name))
                                        .toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<String> command(String name, int seconds, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                DRIVER,
                "--target_class=" + Harness.class.getName(),
                "--target_args=" + name,
                "--instrumentation_includes=" + INSTRUMENTED,
                "-max_total_time=" + seconds,
                "-timeout=" + SECONDS_PER_INPUT_MAX,
                "-rss_limit_mb=4000",
                "-max_len=" + LENGTH_MAX,
                corpus.toAbsolutePath().toString());
    }

    /// What the log says from the first finding on.
    private static String finding(String log) {
        var at = log.indexOf("\n== ");
        var from = at < 0 ? Math.max(0, log.length() - 2000) : at;
        return log.substring(from, Math.min(log.length(), from + 2000));
    }

    private static String last(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .reduce((first, second) -> second)
                .map(match -> match.group(1))
                .orElse("0");
    }
}
