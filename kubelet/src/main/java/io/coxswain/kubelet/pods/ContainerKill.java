package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Lifecycle.LifecycleHandler;
import io.coxswain.api.core.Pod;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodEvents;
import io.coxswain.kubelet.pods.PodPlan.Kill;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Ends one container: its `preStop` hook first, then the stop signal, then force, all within its
/// grace period. A loop of its own, because this takes as long as the container wants.
final class ContainerKill implements Loop {

    /// However little time there is, a container may notice the signal.
    private static final Duration SIGNAL_MIN = Duration.ofSeconds(2);

    private final Tools tools;
    private final Pod pod;
    private final Kill kill;
    private final Instant deadline;
    private final Runnable whenOver;
    private boolean hookDone;

    /// What killing needs.
    record Tools(ContainerRuntime runtime, Hooks hooks, PodEvents events, Clock clock) {}

    ContainerKill(Tools tools, Pod pod, Kill kill, Runnable whenOver) {
        this.tools = tools;
        this.pod = pod;
        this.kill = kill;
        this.deadline = tools.clock().now().plusSeconds(kill.graceSeconds());
        this.whenOver = whenOver;
    }

    @Override
    public Next runOnce() {
        var container = PodContainer.find(pod, kill.container());
        var hook = preStop(container);
        if (!hookDone && hook != null && kill.graceSeconds() > 0) {
            hookDone = true;
            var sleep = hook.sleep();
            if (sleep != null) {
                var wakes = tools.clock().now().plusSeconds(sleep.seconds());
                return Next.at(wakes.isBefore(deadline) ? wakes : deadline);
            }
            runHook(container, hook);
        }
        var left = Duration.between(tools.clock().now(), deadline);
        tools.runtime()
                .stop(kill.containerId(), left.compareTo(SIGNAL_MIN) < 0 ? SIGNAL_MIN : left);
        whenOver.run();
        return Next.DONE;
    }

    private static @Nullable LifecycleHandler preStop(@Nullable PodContainer container) {
        if (container == null || container.spec().lifecycle() == null) {
            return null;
        }
        return container.spec().lifecycle().preStop();
    }

    private void runHook(@Nullable PodContainer container, LifecycleHandler hook) {
        if (container == null) {
            return;
        }
        try {
            tools.hooks()
                    .run(
                            pod,
                            container,
                            kill.containerId(),
                            hook,
                            Duration.ofSeconds(kill.graceSeconds()));
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            tools.events().warning(pod, container, "FailedPreStopHook", "PreStopHook failed");
        }
    }
}
