package io.coxswain.scheduler.framework;

import io.coxswain.api.core.Pod;
import org.jspecify.annotations.Nullable;

/// Keeps pods from being scheduled at all (upstream's PreEnqueue).
public interface GatePlugin extends Plugin {

    /// Why the pod is not ready for scheduling; null when it is.
    @Nullable String closedTo(Pod pod);
}
