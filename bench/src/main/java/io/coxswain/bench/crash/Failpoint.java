package io.coxswain.bench.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A moment at which a process dies: before, within or after the `number`th such operation.
///
/// @param operation of `Disk` or `OpenFile`
/// @param kind of file: `log`, `snapshot`, `other` (reserve, format) or `names` (the directory)
record Failpoint(String operation, String kind, Phase phase, int number) {

    enum Phase {
        BEFORE,
        HALF,
        AFTER
    }

    /// The exit status of a process that died here, unlike that of one that was killed.
    static final int STATUS = 86;

    /// How many of each there are in a few thousand writes, roughly.
    private static final Map<String, Integer> USUAL =
            Map.of(
                    "append log", 400,
                    "force log", 400,
                    "append snapshot", 3,
                    "create other", 1,
                    "append other", 1,
                    "truncate other", 1);

    /// What a store does on its disk while it runs, in each phase.
    static final List<Failpoint> WHILE_RUNNING =
            every(
                    "create log",
                    "append log",
                    "force log",
                    "rename log",
                    "delete log",
                    "create snapshot",
                    "append snapshot",
                    "force snapshot",
                    "rename snapshot",
                    "delete snapshot",
                    "create other",
                    "append other",
                    "truncate other",
                    "force names");

    /// What it does when it comes back from a crash.
    static final List<Failpoint> WHILE_RECOVERING =
            every("truncate log", "force log").stream().map(point -> point.at(1)).toList();

    private static List<Failpoint> every(String... operations) {
        var all = new ArrayList<Failpoint>();
        for (var words : operations) {
            var parts = words.split(" ", -1);
            for (var phase : Phase.values()) {
                if (phase != Phase.HALF || parts[0].equals("append")) {
                    all.add(new Failpoint(parts[0], parts[1], phase, USUAL.getOrDefault(words, 2)));
                }
            }
        }
        return List.copyOf(all);
    }

    Failpoint at(int other) {
        return new Failpoint(operation, kind, phase, other);
    }

    static Failpoint parse(String text) {
        var parts = text.split(":", -1);
        return new Failpoint(
                parts[0], parts[1], Phase.valueOf(parts[2]), Integer.parseInt(parts[3]));
    }

    /// Which operation and phase, whatever the number.
    String place() {
        return operation + ":" + kind + ":" + phase;
    }

    String argument() {
        return place() + ":" + number;
    }

    static String kind(String file) {
        if (file.startsWith("log-")) {
            return "log";
        }
        return file.startsWith("snapshot-") ? "snapshot" : "other";
    }
}
