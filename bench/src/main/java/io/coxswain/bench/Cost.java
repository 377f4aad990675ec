package io.coxswain.bench;

import io.coxswain.base.Clock;
import java.time.Duration;

/// What a number of equal operations cost the server.
record Cost(int operations, Duration took, Duration cpu, long allocated) {

    static final Clock CLOCK = Clock.SYSTEM;

    static Cost of(Target target, int clients, int operations, Load.Operation operation)
            throws Exception {
        var before = target.allocated();
        var outcome = new Load(clients, operations).run(target, operation);
        var allocated = target.allocated() - before;
        return new Cost(outcome.operations(), outcome.took(), outcome.cpu(), allocated);
    }

    double perSecond() {
        return operations / (took.toNanos() / 1e9);
    }

    double cpuMicros() {
        return cpu.toNanos() / 1e3 / operations;
    }

    String text() {
        return "%,.0f/s, %,.0f µs of CPU, %,.0f KB allocated each"
                .formatted(perSecond(), cpuMicros(), allocated / 1e3 / operations);
    }

    String against(Goal goal) {
        return text() + "; " + goal.judge(this);
    }
}
