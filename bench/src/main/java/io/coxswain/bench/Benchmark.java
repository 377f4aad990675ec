package io.coxswain.bench;

import java.util.List;

/// Something that is measured.
@FunctionalInterface
public interface Benchmark {

    /// Measures and checks; throws [IllegalStateException] when what was measured is wrong.
    List<Figure> run() throws Exception;

    /// The same, with what was asked for on the command line.
    default List<Figure> run(Settings settings) throws Exception {
        return run();
    }

    /// One line of the table.
    record Figure(String what, String value) {}

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
