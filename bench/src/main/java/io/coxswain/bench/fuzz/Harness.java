package io.coxswain.bench.fuzz;

import java.util.List;

/// What Jazzer calls, in a JVM of its own: the target is the first of the arguments it was given.
public final class Harness {

    private static FuzzTarget target = new FuzzTarget(List.of(), input -> {});

    private Harness() {}

    /// Takes the seeds once, so that the first input pays for no loading of classes.
    public static void fuzzerInitialize(String[] arguments) {
        target = Targets.named(arguments[0]);
        target.seeds().forEach(target::take);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        target.take(input);
    }
}
