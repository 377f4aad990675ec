package io.coxswain.kubelet.probes;

import io.coxswain.api.core.Lifecycle.LifecycleHandler;
import io.coxswain.api.core.Pod;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pods.Hooks;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// Runs lifecycle handlers against real containers.
public final class HookRunner implements Hooks {

    private final ContainerRuntime runtime;
    private final Function<Pod, String> podIp;

    /// @param podIp the address of a pod at this moment
    public HookRunner(ContainerRuntime runtime, Function<Pod, String> podIp) {
        this.runtime = runtime;
        this.podIp = podIp;
    }

    @Override
    public void run(
            Pod pod,
            PodContainer container,
            String containerId,
            LifecycleHandler handler,
            Duration timeout)
            throws Exception {
        if (handler.exec() != null) {
            var result = runtime.execSync(containerId, handler.exec().command(), timeout);
            if (result.exitCode() != 0) {
                throw new IOException(
                        "command '"
                                + String.join(" ", handler.exec().command())
                                + "' exited with "
                                + result.exitCode()
                                + ": "
                                + result.output());
            }
        }
        var get = handler.httpGet();
        if (get != null) {
            var target =
                    new ProbeTarget(
                            pod, container.spec(), containerId, podIp.apply(pod), Instant.EPOCH);
            var reply = NodeProber.call(target, get).get(timeout);
            if (reply.status() >= 400) {
                throw new IOException("HTTP hook failed with statuscode: " + reply.status());
            }
        }
        var sleep = handler.sleep();
        if (sleep != null) {
            Thread.sleep(Duration.ofSeconds(sleep.seconds()));
        }
    }
}
