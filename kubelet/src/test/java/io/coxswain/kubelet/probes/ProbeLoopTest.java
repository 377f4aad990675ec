package io.coxswain.kubelet.probes;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Probe;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.kubelet.probes.ProbeResults.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When probes are made and when they decide.
class ProbeLoopTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualClock clock = new ManualClock(START);
    private final SimulatedLoops loops = new SimulatedLoops(clock, 1);
    private final List<String> heard = new ArrayList<>();
    private final List<Long> asked = new ArrayList<>();
    private ProbeOutcome answer = ProbeOutcome.success("");
    private boolean due = true;

    private void start(ProbeType type, Probe probe) {
        var subject = pod("p").container(container("a")).build();
        var target =
                new ProbeTarget(
                        subject, subject.spec().containers().getFirst(), "id", "127.0.0.1", START);
        var reports =
                new ProbeLoop.Reports(verdict -> heard.add(verdict.name()), heard::add, heard::add);
        Prober prober =
                (where, what, timeout) -> {
                    asked.add(Duration.between(START, clock.now()).toSeconds());
                    return answer;
                };
        loops.start("probe", new ProbeLoop(target, type, probe, prober, () -> due, reports, clock));
    }

    private static Edit<Probe> probe() {
        return Edit.of(RecordType.of(Probe.class).empty())
                .set(Probe::periodSeconds, 5)
                .set(Probe::successThreshold, 1)
                .set(Probe::failureThreshold, 2);
    }

    @Test
    void theFirstProbeWaitsForTheInitialDelay() {
        start(ProbeType.READINESS, probe().set(Probe::initialDelaySeconds, 12).done());
        loops.advance(Duration.ofSeconds(23));
        assertThat(asked).containsExactly(12L, 17L, 22L);
        assertThat(heard).contains(Verdict.SUCCESS.name());
    }

    @Test
    void failuresCountUpToTheThresholdAndThenLivenessIsDecidedForGood() {
        answer = ProbeOutcome.failure("no");
        start(ProbeType.LIVENESS, probe().done());
        loops.advance(Duration.ofSeconds(60));
        assertThat(asked).containsExactly(0L, 5L);
        assertThat(heard)
                .containsExactly(
                        "Liveness probe failed: no", "Liveness probe failed: no", "FAILURE");
    }

    @Test
    void aSuccessInBetweenStartsTheCountOver() {
        answer = ProbeOutcome.failure("no");
        start(ProbeType.READINESS, probe().done());
        loops.advance(Duration.ofSeconds(1));
        answer = ProbeOutcome.success("");
        loops.advance(Duration.ofSeconds(5));
        answer = ProbeOutcome.failure("no");
        loops.advance(Duration.ofSeconds(5));
        assertThat(heard).doesNotContain("FAILURE");
        loops.advance(Duration.ofSeconds(5));
        assertThat(heard).endsWith("FAILURE");
    }

    @Test
    void aStartupProbeEndsWithItsFirstSuccess() {
        start(ProbeType.STARTUP, probe().done());
        loops.advance(Duration.ofSeconds(60));
        assertThat(asked).hasSize(1);
    }

    @Test
    void othersWaitUntilTheyAreDue() {
        due = false;
        start(ProbeType.LIVENESS, probe().done());
        loops.advance(Duration.ofSeconds(30));
        assertThat(asked).isEmpty();
        due = true;
        loops.advance(Duration.ofSeconds(6));
        assertThat(asked).isNotEmpty();
    }

    @Test
    void aProbeThatCannotBeMadeDecidesNothing() {
        answer = ProbeOutcome.error("broken");
        start(ProbeType.LIVENESS, probe().done());
        loops.advance(Duration.ofSeconds(4));
        assertThat(asked).hasSize(3);
        assertThat(heard).containsExactly("Liveness probe errored: broken");
    }
}
