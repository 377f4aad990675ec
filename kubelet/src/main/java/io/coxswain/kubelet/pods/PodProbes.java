package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.probes.ProbeResults;

/// The probes of all pods, as a worker needs them.
public interface PodProbes extends ProbeResults {

    /// Starts probes of containers that run, stops those of containers that do not.
    ///
    /// @param ending whether only readiness still matters
    void update(Pod pod, PodRuntimeState state, boolean ending);

    void forget(String uid);

    /// No probes at all: every container passes.
    PodProbes NONE =
            new PodProbes() {
                @Override
                public Verdict of(String containerId, io.coxswain.kubelet.probes.ProbeType type) {
                    return Verdict.SUCCESS;
                }

                @Override
                public void update(Pod pod, PodRuntimeState state, boolean ending) {}

                @Override
                public void forget(String uid) {}
            };
}
