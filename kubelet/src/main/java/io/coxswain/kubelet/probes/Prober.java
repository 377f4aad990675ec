package io.coxswain.kubelet.probes;

import io.coxswain.api.core.Probe;
import java.time.Duration;

/// Makes a probe once; takes no longer than the timeout.
@FunctionalInterface
public interface Prober {

    ProbeOutcome probe(ProbeTarget target, Probe probe, Duration timeout);
}
