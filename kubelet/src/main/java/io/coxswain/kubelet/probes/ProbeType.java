package io.coxswain.kubelet.probes;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Probe;
import org.jspecify.annotations.Nullable;

/// What a probe of a container decides.
public enum ProbeType {
    /// Whether the container has come up; the others wait for it.
    STARTUP("Startup"),
    /// Whether the container must be restarted.
    LIVENESS("Liveness"),
    /// Whether the pod gets traffic.
    READINESS("Readiness");

    private final String title;

    ProbeType(String title) {
        this.title = title;
    }

    /// As events begin: `Liveness probe failed: …`.
    public String title() {
        return title;
    }

    public @Nullable Probe of(Container container) {
        return switch (this) {
            case STARTUP -> container.startupProbe();
            case LIVENESS -> container.livenessProbe();
            case READINESS -> container.readinessProbe();
        };
    }
}
