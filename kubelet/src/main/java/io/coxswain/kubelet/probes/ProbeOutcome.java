package io.coxswain.kubelet.probes;

/// What one run of a probe found.
public record ProbeOutcome(Kind kind, String output) {

    /// How a run went.
    public enum Kind {
        SUCCESS,
        /// Passed, but something about it is odd.
        WARNING,
        FAILURE,
        /// The probe itself could not be made; says nothing about the container.
        ERROR
    }

    static ProbeOutcome success(String output) {
        return new ProbeOutcome(Kind.SUCCESS, output);
    }

    static ProbeOutcome failure(String output) {
        return new ProbeOutcome(Kind.FAILURE, output);
    }

    static ProbeOutcome error(String output) {
        return new ProbeOutcome(Kind.ERROR, output);
    }
}
