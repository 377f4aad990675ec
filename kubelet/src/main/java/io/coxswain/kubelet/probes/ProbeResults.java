package io.coxswain.kubelet.probes;

/// What the probes of containers have found so far, by container id.
public interface ProbeResults {

    /// Whether a container passes a probe; `UNKNOWN` until the probe has run.
    enum Verdict {
        UNKNOWN,
        SUCCESS,
        FAILURE
    }

    /// `SUCCESS` for a container without this probe.
    Verdict of(String containerId, ProbeType type);

    /// Every container passes: for pods whose probes do not matter.
    ProbeResults NONE = (id, type) -> Verdict.SUCCESS;
}
