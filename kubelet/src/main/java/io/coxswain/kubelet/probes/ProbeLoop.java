package io.coxswain.kubelet.probes;

import io.coxswain.api.core.Probe;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.probes.ProbeOutcome.Kind;
import io.coxswain.kubelet.probes.ProbeResults.Verdict;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One probe of one running container: once per period, a verdict after so many alike in a row.
final class ProbeLoop implements Loop {

    private static final int PERIOD_DEFAULT = 10;
    private static final int FAILURES_DEFAULT = 3;
    private static final int ERRORS_MAX = 3;

    private final ProbeTarget target;
    private final ProbeType type;
    private final Probe probe;
    private final Prober prober;
    private final BooleanSupplier due;
    private final Reports reports;
    private final Clock clock;
    private boolean lastPassed;
    private int alike;

    /// Hears what the probe finds.
    record Reports(Consumer<Verdict> verdict, Consumer<String> unhealthy, Consumer<String> odd) {}

    /// @param due whether the container has come up far enough for this probe
    ProbeLoop(
            ProbeTarget target,
            ProbeType type,
            Probe probe,
            Prober prober,
            BooleanSupplier due,
            Reports reports,
            Clock clock) {
        this.target = target;
        this.type = type;
        this.probe = probe;
        this.prober = prober;
        this.due = due;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public Next runOnce() {
        var begin = target.startedAt().plusSeconds(probe.initialDelaySeconds());
        if (begin.isAfter(clock.now())) {
            return Next.at(begin);
        }
        if (!due.getAsBoolean()) {
            return Next.in(clock, period());
        }
        var outcome = run();
        if (outcome.kind() == Kind.ERROR) {
            reports.unhealthy().accept(type.title() + " probe errored: " + outcome.output());
            return Next.in(clock, period());
        }
        var passed = outcome.kind() != Kind.FAILURE;
        if (outcome.kind() == Kind.WARNING) {
            reports.odd().accept(type.title() + " probe warning: " + outcome.output());
        }
        if (!passed) {
            reports.unhealthy().accept(type.title() + " probe failed: " + outcome.output());
        }
        alike = passed == lastPassed ? alike + 1 : 1;
        lastPassed = passed;
        if (alike < (passed ? Math.max(1, probe.successThreshold()) : failures())) {
            return Next.in(clock, period());
        }
        reports.verdict().accept(passed ? Verdict.SUCCESS : Verdict.FAILURE);
        var decided = type == ProbeType.STARTUP || (type == ProbeType.LIVENESS && !passed);
        return decided ? Next.DONE : Next.in(clock, period());
    }

    private ProbeOutcome run() {
        var timeout = Duration.ofSeconds(Math.max(1, probe.timeoutSeconds()));
        var outcome = prober.probe(target, probe, timeout);
        for (var tries = 1; tries < ERRORS_MAX && outcome.kind() == Kind.ERROR; tries++) {
            outcome = prober.probe(target, probe, timeout);
        }
        return outcome;
    }

    private int failures() {
        return probe.failureThreshold() > 0 ? probe.failureThreshold() : FAILURES_DEFAULT;
    }

    private Duration period() {
        var seconds = probe.periodSeconds();
        return Duration.ofSeconds(seconds > 0 ? seconds : PERIOD_DEFAULT);
    }
}
