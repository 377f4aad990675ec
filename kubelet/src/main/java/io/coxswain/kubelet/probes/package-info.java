/// Liveness, readiness and startup probes: one loop per probe of a running container.
///
/// A loop asks a [io.coxswain.kubelet.probes.Prober] once per period, counts towards the
/// thresholds, and wakes the pod's worker when the verdict changes. What follows from a verdict is
/// decided in `pods`.
@NullMarked
package io.coxswain.kubelet.probes;

import org.jspecify.annotations.NullMarked;
