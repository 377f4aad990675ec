package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.base.Clock;
import io.coxswain.kubelet.hostports.HostPorts;
import io.coxswain.kubelet.pod.ContainerMetadata;
import io.coxswain.kubelet.pod.ImagePuller;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodEvents;
import io.coxswain.kubelet.pod.PodFormat;
import io.coxswain.kubelet.pod.Problem;
import io.coxswain.kubelet.pod.StartFailure;
import io.coxswain.kubelet.pods.PodPlan.Start;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.runtime.SandboxFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out the starting half of a plan, step after step: node resources, sandbox, images,
/// containers. A container that cannot be started does not keep the ones after it from starting.
final class PodStarter {

    private static final Logger LOG = LoggerFactory.getLogger(PodStarter.class);
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration SHORTLY = Duration.ofSeconds(2);
    private static final Duration HOOK_KILL_GRACE = Duration.ofSeconds(30);
    private static final Duration POST_START_MAX = Duration.ofHours(1);

    private final ContainerRuntime runtime;
    private final ConfigSource configs;
    private final PodResources resources;
    private final ImagePuller images;
    private final Hooks hooks;
    private final PodEvents events;
    private final HostPorts ports;
    private final Clock clock;

    PodStarter(
            ContainerRuntime runtime,
            ConfigSource configs,
            PodResources resources,
            ImagePuller images,
            Hooks hooks,
            PodEvents events,
            HostPorts ports,
            Clock clock) {
        this.runtime = runtime;
        this.configs = configs;
        this.resources = resources;
        this.images = images;
        this.hooks = hooks;
        this.events = events;
        this.ports = ports;
        this.clock = clock;
    }

    /// @param cancelled asked between any two steps: whether the pod is no longer wanted
    void carryOut(Pod pod, PodPlan plan, PodProgress progress, BooleanSupplier cancelled) {
        try {
            resources.prepare(pod);
            if (cancelled.getAsBoolean()) {
                return;
            }
            var attempt = plan.sandboxAttempt();
            var sandbox = attempt == null ? existing(pod, progress) : create(pod, attempt);
            progress.solved(PodView.WHOLE_POD);
            for (var start : plan.starts()) {
                var container = PodContainer.find(pod, start.container());
                if (container == null || cancelled.getAsBoolean()) {
                    return;
                }
                start(new Site(pod, sandbox), container, start, progress);
            }
        } catch (StartFailure e) {
            var after = Objects.requireNonNullElse(e.retryAfter(), RETRY);
            progress.problem(PodView.WHOLE_POD, problem(e, after));
        } catch (RuntimeException e) {
            // Such as an API or a runtime that does not answer: the next plan looks again.
            LOG.info("{} is not started now", PodFormat.pod(pod), e);
            var why =
                    new StartFailure("ContainerCreating", String.valueOf(e.getMessage()), SHORTLY);
            progress.problem(PodView.WHOLE_POD, problem(why, SHORTLY));
        }
    }

    /// A pod and the sandbox its containers go into.
    private record Site(Pod pod, SandboxAt sandbox) {}

    private record SandboxAt(String id, SandboxConfig config, List<String> ips) {}

    private SandboxAt existing(Pod pod, PodProgress progress) throws StartFailure {
        var status = progress.state().activeSandbox();
        if (status == null) {
            throw new StartFailure("SandboxGone", "the sandbox has gone", Duration.ofSeconds(1));
        }
        var config = configs.sandbox(pod, status.sandbox().pod().attempt());
        return new SandboxAt(status.sandbox().id(), config, status.ips());
    }

    private SandboxAt create(Pod pod, int attempt) throws StartFailure {
        try {
            stopOthers(pod);
            var config = configs.sandbox(pod, attempt);
            var id = runtime.runSandbox(config, handler(pod));
            var ips = runtime.sandboxStatus(id).ips();
            ports.open(pod, ips);
            return new SandboxAt(id, config, ips);
        } catch (ContainerRuntimeException e) {
            var message = "Failed to create pod sandbox: " + e.getMessage();
            events.warning(pod, "FailedCreatePodSandBox", message);
            throw new StartFailure("CreatePodSandboxError", message, RETRY);
        }
    }

    /// The address of a sandbox that has ended must not stay taken.
    private void stopOthers(Pod pod) {
        var mine = Map.of(ContainerMetadata.POD_UID, pod.uid());
        for (var old : runtime.sandboxes(SandboxFilter.labelled(mine))) {
            events.normal(
                    pod,
                    "SandboxChanged",
                    "Pod sandbox changed, it will be killed and re-created.");
            runtime.stopSandbox(old.id());
        }
    }

    /// The runtime handler is the name of the RuntimeClass until classes are looked up.
    private static @org.jspecify.annotations.Nullable String handler(Pod pod) {
        var name = pod.spec().runtimeClassName();
        return name == null || name.isEmpty() ? null : name;
    }

    private void start(Site site, PodContainer container, Start start, PodProgress progress) {
        try {
            startOrFail(site, container, start, progress);
            progress.solved(container.name());
        } catch (StartFailure e) {
            LOG.debug("{}: {} not started", PodFormat.pod(site.pod()), container.name(), e);
            progress.problem(container.name(), problem(e, e.retryAfter()));
        }
    }

    private Problem problem(StartFailure e, @org.jspecify.annotations.Nullable Duration after) {
        return new Problem(e.reason(), e.text(), after == null ? null : clock.now().plus(after));
    }

    private void startOrFail(Site site, PodContainer container, Start start, PodProgress progress)
            throws StartFailure {
        var pod = site.pod();
        var sandbox = site.sandbox();
        progress.begins(pod, container, clock.now());
        var image = images.ensure(pod, container, sandbox.config());
        var config = config(site, container, start, image.id());
        String id;
        try {
            id = runtime.createContainer(sandbox.id(), config, sandbox.config());
        } catch (ContainerRuntimeException e) {
            throw failed(pod, container, "CreateContainerError", e);
        }
        events.normal(pod, container, "Created", "Container created");
        try {
            runtime.start(id);
        } catch (ContainerRuntimeException e) {
            throw failed(pod, container, "RunContainerError", e);
        }
        events.normal(pod, container, "Started", "Container started");
        postStart(pod, container, id);
    }

    private io.coxswain.kubelet.runtime.ContainerConfig config(
            Site site, PodContainer container, Start start, String image) throws StartFailure {
        try {
            return configs.container(
                    site.pod(), container, start.restartCount(), image, site.sandbox().ips());
        } catch (StartFailure e) {
            events.warning(site.pod(), container, "Failed", "Error: " + e.text());
            throw e;
        }
    }

    private StartFailure failed(
            Pod pod, PodContainer container, String reason, ContainerRuntimeException e) {
        var message = String.valueOf(e.getMessage());
        events.warning(pod, container, "Failed", "Error: " + message);
        // With a container that has exited, its restart back-off decides.
        var after = reason.equals("RunContainerError") ? null : RETRY;
        return new StartFailure(reason, message, after);
    }

    private void postStart(Pod pod, PodContainer container, String id) throws StartFailure {
        var lifecycle = container.spec().lifecycle();
        if (lifecycle == null || lifecycle.postStart() == null) {
            return;
        }
        try {
            hooks.run(pod, container, id, lifecycle.postStart(), POST_START_MAX);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            events.warning(pod, container, "FailedPostStartHook", "PostStartHook failed");
            events.normal(pod, container, "Killing", "FailedPostStartHook");
            runtime.stop(id, HOOK_KILL_GRACE);
            throw new StartFailure("PostStartHookError", "PostStartHook failed", null);
        }
    }
}
