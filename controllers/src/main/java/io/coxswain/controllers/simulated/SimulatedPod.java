package io.coxswain.controllers.simulated;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerState;
import io.coxswain.api.core.Pod.ContainerStateRunning;
import io.coxswain.api.core.Pod.ContainerStateTerminated;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.api.core.Pod.PodCondition;
import io.coxswain.api.core.Pod.PodIP;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Leads a pod on a simulated node through its life: it runs and is ready at once; one that is not
/// to be restarted has succeeded a second later; one that is being deleted is gone.
final class SimulatedPod implements Controller<Pod> {

    private static final Duration WORK = Duration.ofSeconds(1);

    @Override
    public Plan reconcile(Pod pod, View view) {
        var node = view.find(Node.class, "", pod.spec().nodeName());
        if (node == null || !SimulatedNodes.simulated(node)) {
            return Plan.NOTHING;
        }
        if (pod.deleting()) {
            return Plan.of(new Step.DeleteNow(pod));
        }
        return switch (pod.status().phase()) {
            case "", "Pending" -> start(pod, view.now());
            case "Running" -> work(pod, view.now());
            default -> Plan.NOTHING;
        };
    }

    private static Plan start(Pod pod, Instant now) {
        var ip = address(pod);
        var running = new ContainerState(null, new ContainerStateRunning(now), null);
        var status =
                Edit.of(pod.status())
                        .set(PodStatus::observedGeneration, pod.metadata().generation())
                        .set(PodStatus::phase, "Running")
                        .set(PodStatus::startTime, now)
                        .set(PodStatus::podIP, ip)
                        .set(PodStatus::podIPs, List.of(new PodIP(ip)))
                        .set(PodStatus::conditions, conditions(pod, "True", "", now))
                        .set(PodStatus::containerStatuses, containers(pod, running, true))
                        .done();
        var plan = Plan.of(Step.updateStatus(Edit.with(pod, Pod::status, status)));
        return ends(pod) ? plan.again(WORK) : plan;
    }

    private static Plan work(Pod pod, Instant now) {
        if (!ends(pod)) {
            return Plan.NOTHING;
        }
        var started = Objects.requireNonNullElse(pod.status().startTime(), now);
        var end = started.plus(WORK);
        if (end.isAfter(now)) {
            return Plan.NOTHING.again(Duration.between(now, end));
        }
        var exited =
                Edit.of(ContainerStateTerminated.class)
                        .set(ContainerStateTerminated::reason, "Completed")
                        .set(ContainerStateTerminated::startedAt, started)
                        .set(ContainerStateTerminated::finishedAt, now)
                        .done();
        var state = new ContainerState(null, null, exited);
        var status =
                Edit.of(pod.status())
                        .set(PodStatus::phase, "Succeeded")
                        .set(PodStatus::conditions, conditions(pod, "False", "PodCompleted", now))
                        .set(PodStatus::containerStatuses, containers(pod, state, false))
                        .done();
        return Plan.of(Step.updateStatus(Edit.with(pod, Pod::status, status)));
    }

    private static boolean ends(Pod pod) {
        return !pod.spec().restartPolicy().equals("Always");
    }

    private static List<PodCondition> conditions(
            Pod pod, String ready, String reason, Instant now) {
        var scheduled =
                pod.status().conditions().stream()
                        .filter(it -> it.type().equals("PodScheduled"))
                        .findFirst()
                        .orElse(new PodCondition("PodScheduled", 0, "True", null, now, "", ""));
        return List.of(
                new PodCondition("PodReadyToStartContainers", 0, "True", null, now, "", ""),
                new PodCondition("Initialized", 0, "True", null, now, "", ""),
                new PodCondition("Ready", 0, ready, null, now, reason, ""),
                new PodCondition("ContainersReady", 0, ready, null, now, reason, ""),
                scheduled);
    }

    private static List<ContainerStatus> containers(Pod pod, ContainerState state, boolean ready) {
        return pod.spec().containers().stream()
                .map(container -> status(pod, container, state, ready))
                .toList();
    }

    private static ContainerStatus status(
            Pod pod, Container container, ContainerState state, boolean ready) {
        return Edit.of(ContainerStatus.class)
                .set(ContainerStatus::name, container.name())
                .set(ContainerStatus::image, container.image())
                .set(ContainerStatus::imageID, container.image())
                .set(ContainerStatus::containerID, "simulated://" + pod.uid() + container.name())
                .set(ContainerStatus::state, state)
                .set(ContainerStatus::ready, ready)
                .set(ContainerStatus::started, ready)
                .done();
    }

    /// No two pods are started at one revision, so the revision makes an address.
    private static String address(Pod pod) {
        var revision = Long.parseLong(pod.metadata().resourceVersion());
        return "10."
                + (revision >> 16 & 0xff)
                + "."
                + (revision >> 8 & 0xff)
                + "."
                + (revision & 0xff);
    }
}
