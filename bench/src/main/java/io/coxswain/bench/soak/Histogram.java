package io.coxswain.bench.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is reachable in the heap of another JVM after a full collection, by class, as the JDK's own
/// tool counts it.
record Histogram(Map<String, Long> bytes) {

    private static final Pattern LINE =
            Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");

    static Histogram of(long pid) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var asking =
                new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        var said = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var bytes = new HashMap<String, Long>();
        var lines = LINE.matcher(said);
        while (lines.find()) {
            bytes.merge(lines.group(2), Long.parseLong(lines.group(1)), Long::sum);
        }
        return new Histogram(bytes);
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /// The classes that have grown most since `before`, for whoever looks for the reason.
    List<String> grownSince(Histogram before) {
        return bytes.keySet().stream()
                .sorted(Comparator.comparingLong(name -> before.of(name) - of(name)))
                .limit(12)
                .map(name -> "%s %+d KB".formatted(name, (of(name) - before.of(name)) >> 10))
                .toList();
    }

    private long of(String name) {
        return bytes.getOrDefault(name, 0L);
    }
}
