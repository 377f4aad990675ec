package io.coxswain.bench;

import java.util.List;

/// Something that is measured.
@FunctionalInterface
interface Benchmark {

    /// Measures and checks; throws [IllegalStateException] when what was measured is wrong.
    List<Figure> run() throws Exception;

    /// One line of the table.
    record Figure(String what, String value) {}

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
