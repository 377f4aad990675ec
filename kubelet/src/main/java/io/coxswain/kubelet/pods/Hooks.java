package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Lifecycle.LifecycleHandler;
import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import java.time.Duration;

/// Runs the `postStart` and `preStop` handlers of containers (all but `sleep`, which needs no
/// doing).
@FunctionalInterface
public interface Hooks {

    /// Runs one handler to its end, at most for `timeout`.
    ///
    /// @throws Exception the handler failed; the message says how
    void run(
            Pod pod,
            PodContainer container,
            String containerId,
            LifecycleHandler handler,
            Duration timeout)
            throws Exception;
}
