package io.coxswain.scheduler;

import io.coxswain.base.Loops;

/// Who carries out what was decided. Bindings never wait behind reports: what users are told may be
/// late, where a pod runs may not.
record Writers(Writer bindings, Writer reports) implements AutoCloseable {

    private static final int REPORTERS = 16;

    static Writers start(Loops loops, int width) {
        return new Writers(
                new Writer(loops, "scheduler-bind", width),
                new Writer(loops, "scheduler-report", Math.min(width, REPORTERS)));
    }

    @Override
    public void close() {
        bindings.close();
        reports.close();
    }
}
